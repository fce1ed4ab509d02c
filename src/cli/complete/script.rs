//! The scripts that ask: short, and the same for every version of the program.

/// Shells whose script asks the program itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Script {
    Bash,
    Fish,
    Zsh,
}

/// The script of a shell.
pub(in crate::cli) fn script(shell: Script) -> &'static str {
    match shell {
        Script::Bash => BASH,
        Script::Fish => FISH,
        Script::Zsh => ZSH,
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
