# Tab for reformcalc in bash 4.4 or later; `reformcalc --install-completion bash` has it loaded.
_reformcalc_offered() {
    local IFS=$'\n'
    COMPREPLY=($(_REFORMCALC_COMPLETE=bash _REFORMCALC_WORDS="${COMP_WORDS[*]:0:COMP_CWORD}" \
        _REFORMCALC_WORD="${COMP_WORDS[COMP_CWORD]}" "${1/#\~/$HOME}" 2>/dev/null))
    [ $? -ne 3 ] || compopt -o default # the name of a file stands here
}
complete -F _reformcalc_offered reformcalc
