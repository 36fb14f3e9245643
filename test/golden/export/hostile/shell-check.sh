#!/bin/sh
# accept reboot one two accept one two: three one two three four five file( /etc/passwd ) if true =HYPERLINK( http://evil.example , x ) +1 -1 @SUM(A1) =1 evil x zero script alert(1) /script -- amp cell code link (javascript:alert(1)) (reboot) ((1)) PATH x # table inet evil chain c type filter hook output priority 0 policy accept */ /* template # noqa COMMIT *filter -A OUTPUT -j ACCEPT Remove-Item C: x y help exit xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
# Selection: product=own need=required status=current,retiring fill=third-party:172.16.4.0/24 fill=third-party:registry.example.io fill=admin-network:10.1.0.0/16 fill=admin-network:fd00:1::/64
# As of revision 1, 2026-01-01T00:00:00.000Z
# Not in here: *.cdn.example.net (this format has no wildcard that reaches as far)
# Not in here: *.layers.example.org (this format has no wildcard that reaches as far)
# Not in here: admin-network (this format does not have this direction)
# Not in here: cluster-network (only you know it, and can say it with fill=)
# It opens a connection from this host to each far side, not through a proxy, and closes it.
# Exit status: 0 all that was tested was reached, 1 something was not, 2 there is nothing to test with.
# shellcheck disable=SC2317
{
seconds=5
tested=0
missed=0
skipped=0

has() {
  command -v "$1" >/dev/null 2>&1
}

# Not every nc can test without a connection that stays.
can_scan() {
  case $(nc -h 2>&1 </dev/null) in
    *-z*) return 0 ;;
  esac
  return 1
}

if has bash && timeout 5 true 2>/dev/null; then
  tool=bash
elif has nc && can_scan; then
  tool=nc
elif has curl; then
  tool=curl
elif has openssl && timeout 5 true 2>/dev/null; then
  # What speaks no TLS is told as not reached.
  tool=openssl
else
  printf '%s\n' 'Nothing to test with: it takes bash and timeout, nc with -z, curl, or openssl and timeout.' >&2
  exit 2
fi

# Whether the far side $1 accepts a connection at port $2.
reaches() {
  case $1 in
    *:*) host="[$1]" ;;
    *) host=$1 ;;
  esac
  case $tool in
    bash)
      # shellcheck disable=SC2016
      timeout "$seconds" bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$1" "$2" 2>/dev/null
      return $?
      ;;
    nc)
      nc -z -w "$seconds" "$1" "$2" </dev/null >/dev/null 2>&1
      return $?
      ;;
    curl)
      # Its exit status says whether HTTP was spoken; the time of the connection says whether there was one.
      case $(curl -q -g -s -o /dev/null --noproxy '*' --connect-timeout "$seconds" --max-time "$seconds" \
        -w '%{time_connect}' "http://$host:$2/" </dev/null 2>/dev/null) in
        *[1-9]*) return 0 ;;
      esac
      return 1
      ;;
  esac
  case $(timeout "$seconds" openssl s_client -connect "$host:$2" </dev/null 2>/dev/null) in
    *CONNECTED*) return 0 ;;
  esac
  return 1
}

row() {
  printf '%-12s %-9s %-12s %s%s\n' "$1" "$2" "$3" "$4" "$5"
}

# First port, last port, far side, what it is for.
tcp() {
  tested=$((tested + 1))
  ports=$1
  note=
  [ -z "$4" ] || note=" ($4)"
  if [ "$1" != "$2" ]; then
    ports="$1-$2"
    note="$note (tested at $1)"
  fi
  if reaches "$3" "$1"; then
    row reached tcp "$ports" "$3" "$note"
  else
    missed=$((missed + 1))
    row 'NOT REACHED' tcp "$ports" "$3" "$note"
  fi
}

# Protocol, first port, last port, far side, what it is for, why it is not tested.
skip() {
  skipped=$((skipped + 1))
  ports=$2
  note=
  [ -z "$5" ] || note=" ($5)"
  [ "$2" = "$3" ] || ports="$2-$3"
  row 'not tested' "$1" "$ports" "$4" "$note: $6"
}

row RESULT PROTOCOL PORTS 'FAR SIDE' ''
tcp 80 80 'get.example.com' ''
tcp 443 443 'api.example.com' ''
tcp 443 443 'get.example.com' ''
tcp 443 443 'images.example.org' ''
tcp 443 443 'layers.example.org' ''
tcp 443 443 'one.example.edu' ''
tcp 443 443 'two.example.edu' ''
tcp 5000 5000 'registry.example.io' ''
skip udp 123 123 'time.example.com' '' 'UDP has no connections'
skip tcp 5000 5000 '172.16.4.0/24' 'third-party' 'a network and not one address'
skip tcp 8800 8800 '10.1.0.0/16' 'admin-network' 'a network and not one address'
skip tcp 8800 8800 'fd00:1::/64' 'admin-network' 'a network and not one address'
printf '%s tested with %s, %s not reached, %s not tested\n' "$tested" "$tool" "$missed" "$skipped"
[ "$missed" -eq 0 ] || exit 1
exit 0
}
