#!/bin/sh
# Puts this program into the desktop's menu, for this user only: ./install.sh
# and takes it out again: ./install.sh --remove
# The folder stays where it is; run this again after it has been moved.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
name=@NAME@
share="${XDG_DATA_HOME:-$HOME/.local/share}"
entry="$share/applications/$name.desktop"
if [ "${1:-}" = "--remove" ]; then
    rm -f "$entry"
    echo "Removed $entry"
    exit 0
fi
# As the desktop entry specification quotes: \ " ` $ in quotes, and % doubled.
quoted=$(printf '%s' "$here/$name" | sed 's/[\\"`$]/\\\\&/g; s/%/%%/g')
mkdir -p "$share/applications"
while IFS= read -r line; do
    case $line in
        Exec=*) printf 'Exec="%s" %%F\n' "$quoted" ;;
        Icon=*) printf 'Icon=%s\n' "$here/inkling.png" ;;
        *) printf '%s\n' "$line" ;;
    esac
done < "$here/$name.desktop" > "$entry.new"
mv "$entry.new" "$entry"
echo "Installed $entry"
