# Mixed: MikroTik RouterOS script
# Selection: product=own need=required status=current,retiring fill=third-party:172.16.4.0/24 fill=third-party:registry.example.io fill=admin-network:10.1.0.0/16 fill=admin-network:fd00:1::/64
# As of revision 1, 2026-01-01T00:00:00.000Z
# Not in here: *.cdn.example.net (this format has no wildcard that reaches as far)
# Not in here: *.layers.example.org (this format has no wildcard that reaches as far)
# Not in here: cluster-network (only you know it, and can say it with fill=)
/ip firewall filter
remove [find comment~"^gatepost:"]
/ip firewall address-list
remove [find comment~"^gatepost:"]
add list=gatepost-out-tcp-80 address=get.example.com comment="gatepost: get.example.com"
add list=gatepost-out-tcp-443 address=api.example.com comment="gatepost: api.example.com"
add list=gatepost-out-tcp-443 address=get.example.com comment="gatepost: get.example.com"
add list=gatepost-out-tcp-443 address=images.example.org comment="gatepost: images.example.org"
add list=gatepost-out-tcp-443 address=layers.example.org comment="gatepost: layers.example.org"
add list=gatepost-out-tcp-443 address=one.example.edu comment="gatepost: one.example.edu"
add list=gatepost-out-tcp-443 address=two.example.edu comment="gatepost: two.example.edu"
add list=gatepost-out-tcp-5000 address=registry.example.io comment="gatepost: registry.example.io"
add list=gatepost-out-tcp-5000 address=172.16.4.0/24 comment="gatepost: third-party"
add list=gatepost-out-tcp-8800 address=10.1.0.0/16 comment="gatepost: admin-network"
add list=gatepost-out-udp-123 address=time.example.com comment="gatepost: time.example.com"
add list=gatepost-in-tcp-8800 address=10.1.0.0/16 comment="gatepost: admin-network"
/ip firewall filter
add chain=gatepost-out action=accept protocol=tcp dst-port=80 dst-address-list=gatepost-out-tcp-80 comment="gatepost: gatepost-out-tcp-80"
add chain=gatepost-out action=accept protocol=tcp dst-port=443 dst-address-list=gatepost-out-tcp-443 comment="gatepost: gatepost-out-tcp-443"
add chain=gatepost-out action=accept protocol=tcp dst-port=5000 dst-address-list=gatepost-out-tcp-5000 comment="gatepost: gatepost-out-tcp-5000"
add chain=gatepost-out action=accept protocol=tcp dst-port=8800 dst-address-list=gatepost-out-tcp-8800 comment="gatepost: gatepost-out-tcp-8800"
add chain=gatepost-out action=accept protocol=udp dst-port=123 dst-address-list=gatepost-out-udp-123 comment="gatepost: gatepost-out-udp-123"
add chain=gatepost-in action=accept protocol=tcp dst-port=8800 src-address-list=gatepost-in-tcp-8800 comment="gatepost: gatepost-in-tcp-8800"
/ipv6 firewall filter
remove [find comment~"^gatepost:"]
/ipv6 firewall address-list
remove [find comment~"^gatepost:"]
add list=gatepost-out-tcp-80 address=get.example.com comment="gatepost: get.example.com"
add list=gatepost-out-tcp-443 address=api.example.com comment="gatepost: api.example.com"
add list=gatepost-out-tcp-443 address=get.example.com comment="gatepost: get.example.com"
add list=gatepost-out-tcp-443 address=images.example.org comment="gatepost: images.example.org"
add list=gatepost-out-tcp-443 address=layers.example.org comment="gatepost: layers.example.org"
add list=gatepost-out-tcp-443 address=one.example.edu comment="gatepost: one.example.edu"
add list=gatepost-out-tcp-443 address=two.example.edu comment="gatepost: two.example.edu"
add list=gatepost-out-tcp-5000 address=registry.example.io comment="gatepost: registry.example.io"
add list=gatepost-out-tcp-8800 address=fd00:1::/64 comment="gatepost: admin-network"
add list=gatepost-out-udp-123 address=time.example.com comment="gatepost: time.example.com"
add list=gatepost-in-tcp-8800 address=fd00:1::/64 comment="gatepost: admin-network"
/ipv6 firewall filter
add chain=gatepost-out action=accept protocol=tcp dst-port=80 dst-address-list=gatepost-out-tcp-80 comment="gatepost: gatepost-out-tcp-80"
add chain=gatepost-out action=accept protocol=tcp dst-port=443 dst-address-list=gatepost-out-tcp-443 comment="gatepost: gatepost-out-tcp-443"
add chain=gatepost-out action=accept protocol=tcp dst-port=5000 dst-address-list=gatepost-out-tcp-5000 comment="gatepost: gatepost-out-tcp-5000"
add chain=gatepost-out action=accept protocol=tcp dst-port=8800 dst-address-list=gatepost-out-tcp-8800 comment="gatepost: gatepost-out-tcp-8800"
add chain=gatepost-out action=accept protocol=udp dst-port=123 dst-address-list=gatepost-out-udp-123 comment="gatepost: gatepost-out-udp-123"
add chain=gatepost-in action=accept protocol=tcp dst-port=8800 src-address-list=gatepost-in-tcp-8800 comment="gatepost: gatepost-in-tcp-8800"
