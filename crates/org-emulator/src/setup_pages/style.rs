//! What the pages look like.

/// Classic Setup.
pub(super) const CLASSIC: &str = "\
*{box-sizing:border-box}body{font:12px/1.4 Arial,Helvetica,sans-serif;color:#222;margin:0;\
padding:10px 14px 30px;background:#fff}\
h1{font-size:22px;font-weight:400;margin:6px 0 12px}.help{float:right;font-size:11px;color:#015ba7}\
.intro{margin:0 0 12px;max-width:72em}a,.link{color:#015ba7;text-decoration:none;background:none;\
border:0;padding:0;font:inherit;cursor:pointer}a:hover,.link:hover{text-decoration:underline}\
.block{border:1px solid #eaeaea;border-top:3px solid #65709a;border-radius:4px;background:#f8f8f8;\
margin-bottom:10px;padding-bottom:6px}.buttons{text-align:center;padding:7px;\
border-bottom:1px solid #dbdbdb}.foot{border-bottom:0;border-top:1px solid #dbdbdb;margin-top:8px}\
.btn{display:inline-block;background:linear-gradient(#fff,#e8e8e9);border:1px solid #b5b5b5;\
border-bottom-color:#7f7f7f;border-radius:3px;color:#333;font:bold 12px/1.3 Arial,sans-serif;\
margin:0 3px;padding:3px 8px;cursor:pointer}.btn:hover{background:#eee;text-decoration:none}\
table.list{width:100%;border-collapse:collapse;background:#fff}table.list th{font-size:11px;\
text-align:left;background:#f2f3f3;border:1px solid #e0e3e5;padding:5px 4px}table.list td{padding:5px 4px;\
border-bottom:1px solid #ececec}.head{display:flex;flex-wrap:wrap;gap:8px 30px;justify-content:center;\
align-items:center;padding:9px}.head.turned{flex-direction:row-reverse}.detail{display:flex;\
align-items:center;gap:10px}table.detail{display:inline-table}table.detail td{padding:0 5px}\
.label{font-weight:bold;color:#4a4a56;font-size:11px}.required{display:inline-block;width:3px;height:20px;\
background:#c00;vertical-align:middle;margin-right:2px}.choice{display:inline-flex;align-items:center;\
gap:4px}.bar{background:#2d2d2d;color:#fff;margin:0 8px;border-radius:3px;padding:5px;display:flex;\
justify-content:center}.bar .label,.bar label{color:#fff;font-size:12px;font-weight:bold}\
.section{background:#8594b8;color:#fff;font-weight:bold;margin:10px 8px 8px;padding:6px 9px;\
border-radius:3px}.section small{float:right;font-weight:400}.part{margin:0 30px}\
.title{font-weight:bold;margin:10px 0 4px}.row{margin:2px 0 6px;padding:5px 9px;border:1px solid transparent}\
.row.open{background:#fff;border-color:#d6d6d6;border-radius:3px}.row .line{display:flex;gap:6px}\
.row .line .last{margin-left:auto;white-space:nowrap}.arrow{display:inline-block;width:1em}\
.body{padding:6px 0 4px 40px}.body .choice{display:flex;margin:3px 0}.single{background:#e7e7e7;\
border-radius:5px;padding:6px;margin:4px 0 0 8px}.single em{display:block;margin-left:1.6em}\
.lists{display:flex;gap:12px;align-items:center}.lists select{min-width:11em;height:11em}\
.lists b{display:block;text-align:center}.lists .moves{display:flex;flex-direction:column;gap:6px;\
align-items:center;font-size:11px}.moves button{width:22px;height:20px;padding:0}.error{color:#c00;\
font-weight:bold}.banner{color:#c00;text-align:center;padding:6px;font-weight:bold}\
.off{display:none}.cover{position:fixed;inset:0;background:#16325ccc;display:flex;align-items:center;\
justify-content:center}.cover div{background:#fff;padding:24px;border-radius:4px;text-align:center}\
.under{position:relative;display:inline-block}.toast{position:absolute;inset:-4px;background:#04844b}";

/// The shell of Lightning Experience.
pub(super) const SHELL: &str = "\
*{box-sizing:border-box}html,body{height:100%;margin:0}body{font:13px/1.5 'Salesforce Sans',Arial,\
sans-serif;color:#181818;background:#b0c4df;display:flex;flex-direction:column}\
header{background:#fff;border-bottom:3px solid #0176d3;display:flex;align-items:center;gap:28px;\
padding:0 18px;height:44px}header b{font-size:17px;font-weight:400}.dots{display:grid;\
grid-template-columns:repeat(3,5px);gap:3px}.dots i{width:5px;height:5px;border-radius:50%;\
background:#747474}header .tab{line-height:41px}header .on{border-top:3px solid #0176d3;\
background:#eef4ff;padding:0 14px}.rest{flex:1;display:flex;min-height:0}nav{width:250px;\
background:#fff;padding:14px}nav input{width:100%;padding:8px 10px;border:1px solid #c9c9c9;\
border-radius:4px;font:inherit}nav ul{list-style:none;padding-left:16px}nav li{padding:3px 0}\
nav .here{background:#eef4ff;border-left:4px solid #0176d3;padding-left:8px}nav a{color:#0b5cab}\
main{flex:1;display:flex;flex-direction:column;padding:12px;gap:10px;min-width:0}\
.card{background:#f3f3f3;border:1px solid #c9c9c9;border-radius:4px;padding:12px 16px;display:flex;\
gap:12px;align-items:center}.card .icon{width:40px;height:40px;border-radius:4px;background:#0b5cab;\
color:#fff;font-size:24px;text-align:center;line-height:38px}.card small{color:#0b5cab;display:block}\
.card h1{font-size:19px;margin:0}force-aloha-page{flex:1;display:block;background:#fff;\
border-radius:4px;border:1px solid #c9c9c9;overflow:hidden}iframe{width:100%;height:100%;border:0;\
display:block}.plain{background:#fff;border-radius:4px;padding:24px;flex:1}";
