#!/bin/sh
# Replicated: Connectivity check for any POSIX shell
# Selection: product=replicated task=upgrade mode=online need=required status=current,retiring
# As of revision 1, 2026-01-01T00:00:00.000Z
# Not in here: admin-network (only you know it, and can say it with fill=)
# Not in here: cluster-network (only you know it, and can say it with fill=)
# Not in here: third-party-registries (only you know it, and can say it with fill=)
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
tcp 443 443 'api.replicated.com' ''
tcp 443 443 'auth.docker.io' ''
tcp 443 443 'cdn.quay.io' ''
tcp 443 443 'cdn01.quay.io' ''
tcp 443 443 'cdn02.quay.io' ''
tcp 443 443 'cdn03.quay.io' ''
tcp 443 443 'cdn04.quay.io' ''
tcp 443 443 'cdn05.quay.io' ''
tcp 443 443 'cdn06.quay.io' ''
tcp 443 443 'docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com' ''
tcp 443 443 'hub.docker.com' ''
tcp 443 443 'production.cloudflare.docker.com' ''
tcp 443 443 'production.cloudfront.docker.com' ''
tcp 443 443 'quay.io' ''
tcp 443 443 'registry-1.docker.io' ''
tcp 443 443 'registry.replicated.com' ''
printf '%s tested with %s, %s not reached, %s not tested\n' "$tested" "$tool" "$missed" "$skipped"
[ "$missed" -eq 0 ] || exit 1
exit 0
}
