# Types $2 and a tab into an interactive zsh that has read the completion $1, and prints the last word of what the line became.
# zsh completes on a terminal alone; a widget of its own prints the line, so no screen has to be read.
zmodload zsh/zpty
zpty ask zsh -f -i
zpty -w ask 'PS1=; PS2=; unsetopt beep prompt_sp; autoload -Uz compinit; compinit -u -D; source '"${(q)1}"'; bindkey "^I" complete-word; tell() { zle -I; print -r -- "<<$BUFFER>>" }; zle -N tell; bindkey "^T" tell; print -r -- SET"-UP"'
typeset out=
zpty -r ask out $'*SET-UP\r*'
zpty -n -w ask "$2"$'\t\x14'
zpty -r ask out $'*<<*>>*'
typeset line=${${out##*<<}%%>>*}
print -r -- ${${line% }##* }
zpty -d ask
