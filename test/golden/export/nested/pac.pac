// Own: Proxy auto-configuration (PAC)
// Selection: product=own need=required status=current,retiring fill=some-registry:10.2.0.0/24 fill=admin-network:10.0.0.0/8 fill=admin-network:10.1.0.0/16
// As of revision 1, 2026-01-01T00:00:00.000Z
// Not in here: 10.2.0.0/24 (this format has no such addresses)
// Not in here: admin-network (this format does not have this direction)
// Not in here: narrow.example.com (this format has no such protocol)
// These names at these ports go through the proxy, and all else directly. The proxy must let them through.
// A rule: protocol, first port, last port, name. *.a.com stands for all names below a.com, and not for itself.
var PROXY = "PROXY 127.0.0.1:3128";
var RULES = [
  ["tcp",400,500,"both.example.com"],
  ["tcp",443,443,"login.example.com"],
  ["tcp",443,443,"narrow.example.com"],
  ["tcp",443,443,"wide.example.com"],
  ["tcp",450,600,"both.example.com"]
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
