# Own: MikroTik RouterOS script
# Selection: product=own need=required status=current,retiring
# As of revision 1, 2026-01-01T00:00:00.000Z
# Not in here: *.b.com (this format has no wildcard that reaches as far)
# Not in here: admin-network (only you know it, and can say it with fill=)
# Not in here: third-party (only you know it, and can say it with fill=)
/ip firewall filter
remove [find comment~"^gatepost:"]
/ip firewall address-list
remove [find comment~"^gatepost:"]
add list=gatepost-out-tcp-443 address=a.com comment="gatepost: a.com"
/ip firewall filter
add chain=gatepost-out action=accept protocol=tcp dst-port=443 dst-address-list=gatepost-out-tcp-443 comment="gatepost: gatepost-out-tcp-443"
/ipv6 firewall filter
remove [find comment~"^gatepost:"]
/ipv6 firewall address-list
remove [find comment~"^gatepost:"]
add list=gatepost-out-tcp-443 address=a.com comment="gatepost: a.com"
/ipv6 firewall filter
add chain=gatepost-out action=accept protocol=tcp dst-port=443 dst-address-list=gatepost-out-tcp-443 comment="gatepost: gatepost-out-tcp-443"
