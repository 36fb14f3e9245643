// Mixed: Proxy auto-configuration (PAC)
// Selection: product=own need=required status=current,retiring fill=third-party:172.16.4.0/24 fill=third-party:registry.example.io fill=admin-network:10.1.0.0/16 fill=admin-network:fd00:1::/64
// As of revision 1, 2026-01-01T00:00:00.000Z
// Not in here: 10.1.0.0/16 (this format has no such addresses)
// Not in here: 172.16.4.0/24 (this format has no such addresses)
// Not in here: admin-network (this format does not have this direction)
// Not in here: cluster-network (only you know it, and can say it with fill=)
// Not in here: fd00:1::/64 (this format has no such addresses)
// Not in here: time.example.com (this format has no such protocol)
// These names at these ports go through the proxy, and all else directly. The proxy must let them through.
// A rule: protocol, first port, last port, name. *.a.com stands for all names below a.com, and not for itself.
var PROXY = "PROXY 127.0.0.1:3128";
var RULES = [
  ["tcp",80,80,"get.example.com"],
  ["tcp",443,443,"api.example.com"],
  ["tcp",443,443,"*.cdn.example.net"],
  ["tcp",443,443,"get.example.com"],
  ["tcp",443,443,"images.example.org"],
  ["tcp",443,443,"layers.example.org"],
  ["tcp",443,443,"*.layers.example.org"],
  ["tcp",443,443,"one.example.edu"],
  ["tcp",443,443,"two.example.edu"],
  ["tcp",5000,5000,"registry.example.io"]
];
var PORTS = { ftp: 21, http: 80, https: 443, ws: 80, wss: 443 };

function FindProxyForURL(url, host) {
  var port = portOf(url);
  var name = host.toLowerCase().replace(/\.$/, "");
  for (var i = 0; i < RULES.length; i++) {
    var rule = RULES[i];
    if (rule[0] === "tcp" && rule[1] <= port && port <= rule[2] && isOf(name, rule[3])) {
      return PROXY;
    }
  }
  return "DIRECT";
}

function portOf(url) {
  var parts = /^([A-Za-z][A-Za-z0-9+.\-]*):\/\/(?:[^\/?#@]*@)?(?:\[[^\]]*\]|[^\/?#:@]*)(?::([0-9]*))?(?:[\/?#]|$)/.exec(url);
  if (!parts) {
    return 0;
  }
  if (parts[2]) {
    return parseInt(parts[2], 10);
  }
  var scheme = parts[1].toLowerCase();
  return PORTS.hasOwnProperty(scheme) ? PORTS[scheme] : 0;
}

function isOf(name, pattern) {
  if (pattern.substring(0, 2) !== "*.") {
    return name === pattern;
  }
  var end = pattern.substring(1);
  return name.length > end.length && name.substring(name.length - end.length) === end;
}
