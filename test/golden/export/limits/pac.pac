// TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT: Proxy auto-configuration (PAC)
// Selection: product=own need=required status=current,retiring
// As of revision 1, 2026-01-01T00:00:00.000Z
// Not in here: many.example.com (this format has no such protocol)
// These names at these ports go through the proxy, and all else directly. The proxy must let them through.
// A rule: protocol, first port, last port, name. *.a.com stands for all names below a.com, and not for itself.
var PROXY = "PROXY 127.0.0.1:3128";
var RULES = [
  ["tcp",1,1,"many.example.com"],
  ["tcp",443,443,"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.ddddddddddddddddddddddddddddddddddddddddddddddddddddddddd.com"],
  ["tcp",443,443,"eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee.example.com"],
  ["tcp",443,443,"eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeef.example.com"],
  ["tcp",443,443,"many.example.com"],
  ["tcp",1000,1009,"many.example.com"],
  ["tcp",1020,1029,"many.example.com"],
  ["tcp",1040,1049,"many.example.com"],
  ["tcp",1060,1069,"many.example.com"],
  ["tcp",1080,1089,"many.example.com"],
  ["tcp",1100,1109,"many.example.com"],
  ["tcp",1120,1129,"many.example.com"],
  ["tcp",1140,1149,"many.example.com"],
  ["tcp",1160,1169,"many.example.com"],
  ["tcp",1180,1189,"many.example.com"],
  ["tcp",1200,1209,"many.example.com"],
  ["tcp",1220,1229,"many.example.com"],
  ["tcp",1240,1249,"many.example.com"],
  ["tcp",1260,1269,"many.example.com"],
  ["tcp",1280,1289,"many.example.com"],
  ["tcp",1300,1309,"many.example.com"],
  ["tcp",1320,1329,"many.example.com"],
  ["tcp",1340,1349,"many.example.com"]
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
