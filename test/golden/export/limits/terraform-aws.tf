# TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT: Terraform, prefix lists and security group rules of AWS
# Selection: product=own need=required status=current,retiring
# As of revision 1, 2026-01-01T00:00:00.000Z
locals {
  gatepost = {
    "outbound-tcp-1-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1
      to       = 1
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1
      to       = 1
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-443-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 443
      to       = 443
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "20.0.0.1/32", description = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.ddddddddddddddddddddddddddddddddddddddddddddddddddddddddd.com" },
        { cidr = "20.0.0.2/32", description = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee.example.com" },
        { cidr = "20.0.0.3/32", description = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeef.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-443-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 443
      to       = 443
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1000-1009-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1000
      to       = 1009
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1000-1009-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1000
      to       = 1009
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1020-1029-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1020
      to       = 1029
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1020-1029-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1020
      to       = 1029
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1040-1049-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1040
      to       = 1049
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1040-1049-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1040
      to       = 1049
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1060-1069-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1060
      to       = 1069
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1060-1069-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1060
      to       = 1069
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1080-1089-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1080
      to       = 1089
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1080-1089-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1080
      to       = 1089
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1100-1109-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1100
      to       = 1109
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1100-1109-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1100
      to       = 1109
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1120-1129-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1120
      to       = 1129
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1120-1129-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1120
      to       = 1129
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1140-1149-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1140
      to       = 1149
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1140-1149-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1140
      to       = 1149
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1160-1169-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1160
      to       = 1169
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1160-1169-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1160
      to       = 1169
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1180-1189-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1180
      to       = 1189
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1180-1189-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1180
      to       = 1189
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1200-1209-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1200
      to       = 1209
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1200-1209-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1200
      to       = 1209
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1220-1229-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1220
      to       = 1229
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1220-1229-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1220
      to       = 1229
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1240-1249-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1240
      to       = 1249
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1240-1249-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1240
      to       = 1249
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1260-1269-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1260
      to       = 1269
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1260-1269-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1260
      to       = 1269
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1280-1289-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1280
      to       = 1289
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1280-1289-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1280
      to       = 1289
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1300-1309-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1300
      to       = 1309
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1300-1309-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1300
      to       = 1309
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1320-1329-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1320
      to       = 1329
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1320-1329-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1320
      to       = 1329
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1340-1349-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 1340
      to       = 1349
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-tcp-1340-1349-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 1340
      to       = 1349
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
    "outbound-udp-65535-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "udp"
      from     = 65535
      to       = 65535
      entries = [
        { cidr = "1.0.0.0/20", description = "many.example.com" },
        { cidr = "30.0.0.1/32", description = "many.example.com" },
        { cidr = "30.0.1.1/32", description = "many.example.com" },
        { cidr = "30.0.2.1/32", description = "many.example.com" },
        { cidr = "30.0.3.1/32", description = "many.example.com" },
        { cidr = "30.0.4.1/32", description = "many.example.com" },
        { cidr = "30.0.5.1/32", description = "many.example.com" },
        { cidr = "30.0.6.1/32", description = "many.example.com" },
        { cidr = "30.0.7.1/32", description = "many.example.com" },
        { cidr = "30.0.8.1/32", description = "many.example.com" },
        { cidr = "30.0.9.1/32", description = "many.example.com" },
        { cidr = "30.0.10.1/32", description = "many.example.com" },
        { cidr = "30.0.11.1/32", description = "many.example.com" },
        { cidr = "30.0.12.1/32", description = "many.example.com" },
        { cidr = "30.0.13.1/32", description = "many.example.com" },
        { cidr = "30.0.14.1/32", description = "many.example.com" },
        { cidr = "30.0.15.1/32", description = "many.example.com" },
        { cidr = "30.0.16.1/32", description = "many.example.com" },
        { cidr = "30.0.17.1/32", description = "many.example.com" },
        { cidr = "30.0.18.1/32", description = "many.example.com" },
        { cidr = "30.0.19.1/32", description = "many.example.com" },
        { cidr = "30.0.20.1/32", description = "many.example.com" },
        { cidr = "30.0.21.1/32", description = "many.example.com" },
        { cidr = "30.0.22.1/32", description = "many.example.com" },
        { cidr = "30.0.23.1/32", description = "many.example.com" },
        { cidr = "30.0.24.1/32", description = "many.example.com" },
        { cidr = "30.0.25.1/32", description = "many.example.com" },
        { cidr = "30.0.26.1/32", description = "many.example.com" },
        { cidr = "30.0.27.1/32", description = "many.example.com" },
        { cidr = "30.0.28.1/32", description = "many.example.com" },
        { cidr = "30.0.29.1/32", description = "many.example.com" },
        { cidr = "30.0.30.1/32", description = "many.example.com" },
        { cidr = "30.0.31.1/32", description = "many.example.com" },
        { cidr = "30.0.32.1/32", description = "many.example.com" },
        { cidr = "30.0.33.1/32", description = "many.example.com" },
        { cidr = "30.0.34.1/32", description = "many.example.com" },
        { cidr = "30.0.35.1/32", description = "many.example.com" },
        { cidr = "30.0.36.1/32", description = "many.example.com" },
        { cidr = "30.0.37.1/32", description = "many.example.com" },
        { cidr = "30.0.38.1/32", description = "many.example.com" },
        { cidr = "30.0.39.1/32", description = "many.example.com" },
        { cidr = "255.255.255.254/32", description = "many.example.com" },
      ]
    }
    "outbound-udp-65535-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "udp"
      from     = 65535
      to       = 65535
      entries = [
        { cidr = "2600::/32", description = "many.example.com" },
        { cidr = "2600:1:ffff:ffff:ffff:ffff:ffff:ffff/128", description = "many.example.com" },
      ]
    }
  }
}

variable "gatepost_security_group" {
  type        = string
  description = "The id of the security group that gets the rules."
}

resource "aws_ec2_managed_prefix_list" "gatepost" {
  for_each = local.gatepost

  name           = "gatepost-${each.key}"
  address_family = each.value.family
  max_entries    = length(each.value.entries)

  dynamic "entry" {
    for_each = each.value.entries
    content {
      cidr        = entry.value.cidr
      description = entry.value.description
    }
  }
}

resource "aws_vpc_security_group_egress_rule" "gatepost" {
  for_each = { for key, list in local.gatepost : key => list if list.flow == "outbound" }

  security_group_id = var.gatepost_security_group
  description       = "gatepost-${each.key}"
  ip_protocol       = each.value.protocol
  from_port         = each.value.from
  to_port           = each.value.to
  prefix_list_id    = aws_ec2_managed_prefix_list.gatepost[each.key].id
}

resource "aws_vpc_security_group_ingress_rule" "gatepost" {
  for_each = { for key, list in local.gatepost : key => list if list.flow == "inbound" }

  security_group_id = var.gatepost_security_group
  description       = "gatepost-${each.key}"
  ip_protocol       = each.value.protocol
  from_port         = each.value.from
  to_port           = each.value.to
  prefix_list_id    = aws_ec2_managed_prefix_list.gatepost[each.key].id
}
