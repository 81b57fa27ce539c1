# Tab for reformcalc in fish; `reformcalc --install-completion fish` puts it where fish looks.
function __reformcalc_offered
    set -l typed (commandline -opc)
    set -l offered (env _REFORMCALC_COMPLETE=fish _REFORMCALC_WORDS=(string join \n -- $typed | string collect) \
        _REFORMCALC_WORD=(commandline -ct) $typed[1] 2>/dev/null)
    if test $status -eq 3 # the name of a file stands here
        __fish_complete_path (commandline -ct)
    else if set -q offered[1]
        printf '%s\n' $offered
    end
end
complete --command reformcalc --no-files --arguments '(__reformcalc_offered)'
