# Replicated: MikroTik RouterOS script
# Selection: product=replicated task=upgrade mode=online need=required status=current,retiring
# As of revision 1, 2026-01-01T00:00:00.000Z
# Not in here: admin-network (only you know it, and can say it with fill=)
# Not in here: cluster-network (only you know it, and can say it with fill=)
# Not in here: third-party-registries (only you know it, and can say it with fill=)
/ip firewall filter
remove [find comment~"^gatepost:"]
/ip firewall address-list
remove [find comment~"^gatepost:"]
add list=gatepost-out-tcp-443 address=api.replicated.com comment="gatepost: api.replicated.com"
add list=gatepost-out-tcp-443 address=auth.docker.io comment="gatepost: auth.docker.io"
add list=gatepost-out-tcp-443 address=cdn.quay.io comment="gatepost: cdn.quay.io"
add list=gatepost-out-tcp-443 address=cdn01.quay.io comment="gatepost: cdn01.quay.io"
add list=gatepost-out-tcp-443 address=cdn02.quay.io comment="gatepost: cdn02.quay.io"
add list=gatepost-out-tcp-443 address=cdn03.quay.io comment="gatepost: cdn03.quay.io"
add list=gatepost-out-tcp-443 address=cdn04.quay.io comment="gatepost: cdn04.quay.io"
add list=gatepost-out-tcp-443 address=cdn05.quay.io comment="gatepost: cdn05.quay.io"
add list=gatepost-out-tcp-443 address=cdn06.quay.io comment="gatepost: cdn06.quay.io"
add list=gatepost-out-tcp-443 address=docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com comment="gatepost: docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com"
add list=gatepost-out-tcp-443 address=hub.docker.com comment="gatepost: hub.docker.com"
add list=gatepost-out-tcp-443 address=production.cloudflare.docker.com comment="gatepost: production.cloudflare.docker.com"
add list=gatepost-out-tcp-443 address=production.cloudfront.docker.com comment="gatepost: production.cloudfront.docker.com"
add list=gatepost-out-tcp-443 address=quay.io comment="gatepost: quay.io"
add list=gatepost-out-tcp-443 address=registry-1.docker.io comment="gatepost: registry-1.docker.io"
add list=gatepost-out-tcp-443 address=registry.replicated.com comment="gatepost: registry.replicated.com"
/ip firewall filter
add chain=gatepost-out action=accept protocol=tcp dst-port=443 dst-address-list=gatepost-out-tcp-443 comment="gatepost: gatepost-out-tcp-443"
/ipv6 firewall filter
remove [find comment~"^gatepost:"]
/ipv6 firewall address-list
remove [find comment~"^gatepost:"]
add list=gatepost-out-tcp-443 address=api.replicated.com comment="gatepost: api.replicated.com"
add list=gatepost-out-tcp-443 address=auth.docker.io comment="gatepost: auth.docker.io"
add list=gatepost-out-tcp-443 address=cdn.quay.io comment="gatepost: cdn.quay.io"
add list=gatepost-out-tcp-443 address=cdn01.quay.io comment="gatepost: cdn01.quay.io"
add list=gatepost-out-tcp-443 address=cdn02.quay.io comment="gatepost: cdn02.quay.io"
add list=gatepost-out-tcp-443 address=cdn03.quay.io comment="gatepost: cdn03.quay.io"
add list=gatepost-out-tcp-443 address=cdn04.quay.io comment="gatepost: cdn04.quay.io"
add list=gatepost-out-tcp-443 address=cdn05.quay.io comment="gatepost: cdn05.quay.io"
add list=gatepost-out-tcp-443 address=cdn06.quay.io comment="gatepost: cdn06.quay.io"
add list=gatepost-out-tcp-443 address=docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com comment="gatepost: docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com"
add list=gatepost-out-tcp-443 address=hub.docker.com comment="gatepost: hub.docker.com"
add list=gatepost-out-tcp-443 address=production.cloudflare.docker.com comment="gatepost: production.cloudflare.docker.com"
add list=gatepost-out-tcp-443 address=production.cloudfront.docker.com comment="gatepost: production.cloudfront.docker.com"
add list=gatepost-out-tcp-443 address=quay.io comment="gatepost: quay.io"
add list=gatepost-out-tcp-443 address=registry-1.docker.io comment="gatepost: registry-1.docker.io"
add list=gatepost-out-tcp-443 address=registry.replicated.com comment="gatepost: registry.replicated.com"
/ipv6 firewall filter
add chain=gatepost-out action=accept protocol=tcp dst-port=443 dst-address-list=gatepost-out-tcp-443 comment="gatepost: gatepost-out-tcp-443"
