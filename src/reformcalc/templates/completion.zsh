#compdef reformcalc
# Tab for reformcalc in zsh; `reformcalc --install-completion zsh` has it loaded.
_reformcalc() {
    local said
    local -a offered
    said=$(_REFORMCALC_COMPLETE=zsh _REFORMCALC_WORDS="${(F)words[1,CURRENT-1]}" \
        _REFORMCALC_WORD="$PREFIX" ${~words[1]} 2>/dev/null)
    if (( $? == 3 )); then # the name of a file stands here
        _files
    elif [[ -n $said ]]; then
        offered=("${(@f)said}")
        _describe reformcalc offered
    fi
}
if [[ $funcstack[1] == _reformcalc ]]; then
    _reformcalc "$@"
else
    compdef _reformcalc reformcalc
fi
