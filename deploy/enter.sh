# Puts the root folder of a container together and runs a command in it. Called in a mount namespace and a PID namespace of
# its own: nothing of this is seen outside, and all of it ends with the command, which is process 1.
set -eu
root=$1 tree=$2 volumes=$3 node=$4 user=$5 group=$6 folder=$7
shift 7

read_only() {
  mkdir -p "$2"
  mount -o bind,ro "$1" "$2"
}

mount -t tmpfs -o mode=755 tmpfs "$root"

# For the base image stand this machine's Node, libraries and configuration. No shell is among them, so none is leant on.
mkdir -p "$root/usr/local/bin"
touch "$root/usr/local/bin/node"
mount -o bind,ro "$node" "$root/usr/local/bin/node"
read_only /etc "$root/etc"
read_only /usr/lib "$root/usr/lib"
[ ! -d /usr/lib64 ] || read_only /usr/lib64 "$root/usr/lib64"
for name in lib lib64; do
  if [ -L "/$name" ]; then
    cp -P "/$name" "$root/$name"
  elif [ -d "/$name" ]; then
    read_only "/$name" "$root/$name"
  fi
done
mkdir "$root/proc" "$root/dev"
mount -t proc proc "$root/proc"
for name in null zero full random urandom; do
  touch "$root/dev/$name"
  mount --bind "/dev/$name" "$root/dev/$name"
done

# The image itself, and its volumes, which alone can be written to.
for entry in "$tree"/*; do
  read_only "$entry" "$root/${entry##*/}"
done
for volume in "$volumes"/*; do
  mount --bind "$volume" "$root/${volume##*/}"
done
mount -o remount,ro "$root"

# Both are this shell's own.
unset PWD OLDPWD
exec unshare --root="$root" --wd="$folder" --setgid="$group" --setuid="$user" -- "$@"
