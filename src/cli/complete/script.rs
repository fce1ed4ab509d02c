//! The scripts that ask: short, and the same for every version of the program.

use clap::ValueEnum;

/// Shells that there is a script for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

impl Shell {
    /// What the command line and documents call it.
    pub(in crate::cli) fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Elvish => "elvish",
            Self::Fish => "fish",
            Self::Powershell => "powershell",
            Self::Zsh => "zsh",
        }
    }

    /// Its script.
    pub(in crate::cli) fn script(self) -> &'static str {
        match self {
            Self::Bash => BASH,
            Self::Elvish => ELVISH,
            Self::Fish => FISH,
            Self::Powershell => POWERSHELL,
            Self::Zsh => ZSH,
        }
    }
}

/// For bash 3.2 as well, which macOS has.
const BASH: &str = r#"# Completions of provision for bash.
_provision() {
    local word value about program="${COMP_WORDS[0]/#\~/$HOME}"
    word="${COMP_WORDS[COMP_CWORD]}"
    COMPREPLY=()
    while IFS=$'\t' read -r value about; do
        # Files are bash's own matter: without any word, it completes them.
        if [[ $value == :files ]]; then
            COMPREPLY=()
            return
        fi
        case $word in
            # In quotation marks, bash adds the closing one.
            \"* | \'*) COMPREPLY+=("$value") ;;
            *)
                [[ $value == *[!A-Za-z0-9_.,:=@/+-]* ]] && value=$(printf '%q' "$value")
                COMPREPLY+=("$value")
                ;;
        esac
    done < <("$program" __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o bashdefault -o default -F _provision provision
"#;

/// Words go in quotation marks, in which a backslash is a backslash: elvish has taken its own marks off.
const ELVISH: &str = r#"# Completions of provision for elvish.
use str
set edit:completion:arg-completer[provision] = {|program @words|
    var asked = [(for word $words { put "'"$word"'" })]
    var found = [((external $program) __complete -- $@asked | from-lines)]
    if (and (== 1 (count $found)) (eq $found[0] ':files')) {
        edit:complete-filename $words[-1]
    } else {
        for line $found {
            var value @about = (str:split &max=2 "\t" $line)
            edit:complex-candidate $value &display=(str:join '  ' [$value $@about])
        }
    }
}
"#;

/// Words go in quotation marks here, too, the empty one included: older versions leave empty arguments out.
/// Of a list with commas, the shell itself replaces only the part behind the last one.
const POWERSHELL: &str = r#"# Completions of provision for PowerShell.
Register-ArgumentCompleter -Native -CommandName provision -ScriptBlock {
    param($word, $line, $cursor)
    $program = $line.CommandElements[0].Extent.Text
    $typed = ''
    $asked = @()
    foreach ($element in $line.CommandElements | Select-Object -Skip 1) {
        $extent = $element.Extent
        if ($extent.StartOffset -ge $cursor) { break }
        $typed = $extent.Text
        if ($extent.EndOffset -gt $cursor) {
            $typed = $typed.Substring(0, $cursor - $extent.StartOffset)
        }
        $ended = $extent.EndOffset -lt $cursor
        $asked += "'" + $typed.Trim("'", '"') + "'"
    }
    if ($asked.Count -eq 0 -or $ended) {
        $typed = ''
        $asked += "''"
    }
    $plain = $typed.Trim("'", '"')
    $lead = ''
    $begun = $word.Trim("'", '"')
    if ($begun -and $plain.EndsWith($begun)) {
        $lead = $plain.Substring(0, $plain.Length - $begun.Length)
    } elseif (-not $begun -and $plain.EndsWith(',')) {
        $lead = $plain
    }
    $found = @(& $program __complete -- @asked)
    # Without any candidate, PowerShell completes files itself.
    if ($found.Count -eq 1 -and $found[0] -eq ':files') { return }
    foreach ($candidate in $found) {
        $value, $about = $candidate -split "`t", 2
        if (-not $about) { $about = $value }
        $text = if ($value.StartsWith($lead)) { $value.Substring($lead.Length) } else { $value }
        if ($text -notmatch '^[\w.,:=@/+-]+$') { $text = "'" + $text.Replace("'", "''") + "'" }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $about)
    }
}
"#;

const FISH: &str = r#"# Completions of provision for fish.
function __provision_complete
    set -l words (commandline -opc)
    set -l found ($words[1] __complete -- $words[2..-1] (commandline -ct) 2>/dev/null)
    if test "$found[1]" = ":files"
        __fish_complete_path (commandline -ct)
    else
        printf '%s\n' $found
    end
end
complete -c provision -f -a '(__provision_complete)'
"#;

const ZSH: &str = r#"#compdef provision
# Completions of provision for zsh.
_provision() {
    local line
    local -a found candidates
    found=("${(@f)$("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ ${found[1]} == :files ]]; then
        _files
        return
    fi
    for line in $found; do
        local value=${line%%$'\t'*} about=
        [[ $line == *$'\t'* ]] && about=${line#*$'\t'}
        candidates+=("${value//:/\\:}${about:+:$about}")
    done
    (( $#candidates )) && _describe provision candidates
}
if [[ ${funcstack[1]} == _provision ]]; then
    _provision "$@"
else
    compdef _provision provision
fi
"#;
