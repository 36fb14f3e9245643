# Own: MikroTik RouterOS script
# Selection: product=own need=required status=current,retiring fill=some-registry:10.2.0.0/24 fill=admin-network:10.0.0.0/8 fill=admin-network:10.1.0.0/16
# As of revision 1, 2026-01-01T00:00:00.000Z
/ip firewall filter
remove [find comment~"^gatepost:"]
/ip firewall address-list
remove [find comment~"^gatepost:"]
add list=gatepost-out-tcp-400-500 address=both.example.com comment="gatepost: both.example.com"
add list=gatepost-out-tcp-443 address=login.example.com comment="gatepost: login.example.com"
add list=gatepost-out-tcp-443 address=narrow.example.com comment="gatepost: narrow.example.com"
add list=gatepost-out-tcp-443 address=wide.example.com comment="gatepost: wide.example.com"
add list=gatepost-out-tcp-443 address=10.2.0.0/24 comment="gatepost: some-registry"
add list=gatepost-out-tcp-450-600 address=both.example.com comment="gatepost: both.example.com"
add list=gatepost-out-udp-443 address=narrow.example.com comment="gatepost: narrow.example.com"
add list=gatepost-in-tcp-443 address=10.0.0.0/8 comment="gatepost: admin-network"
add list=gatepost-in-tcp-443 address=10.1.0.0/16 comment="gatepost: admin-network"
/ip firewall filter
add chain=gatepost-out action=accept protocol=tcp dst-port=400-500 dst-address-list=gatepost-out-tcp-400-500 comment="gatepost: gatepost-out-tcp-400-500"
add chain=gatepost-out action=accept protocol=tcp dst-port=443 dst-address-list=gatepost-out-tcp-443 comment="gatepost: gatepost-out-tcp-443"
add chain=gatepost-out action=accept protocol=tcp dst-port=450-600 dst-address-list=gatepost-out-tcp-450-600 comment="gatepost: gatepost-out-tcp-450-600"
add chain=gatepost-out action=accept protocol=udp dst-port=443 dst-address-list=gatepost-out-udp-443 comment="gatepost: gatepost-out-udp-443"
add chain=gatepost-in action=accept protocol=tcp dst-port=443 src-address-list=gatepost-in-tcp-443 comment="gatepost: gatepost-in-tcp-443"
/ipv6 firewall filter
remove [find comment~"^gatepost:"]
/ipv6 firewall address-list
remove [find comment~"^gatepost:"]
add list=gatepost-out-tcp-400-500 address=both.example.com comment="gatepost: both.example.com"
add list=gatepost-out-tcp-443 address=login.example.com comment="gatepost: login.example.com"
add list=gatepost-out-tcp-443 address=narrow.example.com comment="gatepost: narrow.example.com"
add list=gatepost-out-tcp-443 address=wide.example.com comment="gatepost: wide.example.com"
add list=gatepost-out-tcp-450-600 address=both.example.com comment="gatepost: both.example.com"
add list=gatepost-out-udp-443 address=narrow.example.com comment="gatepost: narrow.example.com"
/ipv6 firewall filter
add chain=gatepost-out action=accept protocol=tcp dst-port=400-500 dst-address-list=gatepost-out-tcp-400-500 comment="gatepost: gatepost-out-tcp-400-500"
add chain=gatepost-out action=accept protocol=tcp dst-port=443 dst-address-list=gatepost-out-tcp-443 comment="gatepost: gatepost-out-tcp-443"
add chain=gatepost-out action=accept protocol=tcp dst-port=450-600 dst-address-list=gatepost-out-tcp-450-600 comment="gatepost: gatepost-out-tcp-450-600"
add chain=gatepost-out action=accept protocol=udp dst-port=443 dst-address-list=gatepost-out-udp-443 comment="gatepost: gatepost-out-udp-443"
