# Own: MikroTik RouterOS script
# Selection: product=own need=required status=current,retiring
# As of revision 1, 2026-01-01T00:00:00.000Z
# There is nothing to open.
/ip firewall filter
remove [find comment~"^gatepost:"]
/ip firewall address-list
remove [find comment~"^gatepost:"]
/ipv6 firewall filter
remove [find comment~"^gatepost:"]
/ipv6 firewall address-list
remove [find comment~"^gatepost:"]
