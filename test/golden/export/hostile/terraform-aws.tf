# accept reboot one two accept one two: three one two three four five file( /etc/passwd ) if true =HYPERLINK( http://evil.example , x ) +1 -1 @SUM(A1) =1 evil x zero script alert(1) /script -- amp cell code link (javascript:alert(1)) (reboot) ((1)) PATH x # table inet evil chain c type filter hook output priority 0 policy accept */ /* template # noqa COMMIT *filter -A OUTPUT -j ACCEPT Remove-Item C: x y help exit xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
# Selection: product=own need=required status=current,retiring fill=third-party:172.16.4.0/24 fill=third-party:registry.example.io fill=admin-network:10.1.0.0/16 fill=admin-network:fd00:1::/64
# As of revision 1, 2026-01-01T00:00:00.000Z
# Not in here: *.cdn.example.net (this format has no wildcard that reaches as far)
# Not in here: *.layers.example.org (this format has no wildcard that reaches as far)
# Not in here: cluster-network (only you know it, and can say it with fill=)
# Not in here: images.example.org (no address of it is in this selection)
# Not in here: layers.example.org (no address of it is in this selection)
# Not in here: one.example.edu (no address of it is in this selection)
# Not in here: registry.example.io (no address of it is in this selection)
# Not in here: two.example.edu (no address of it is in this selection)
# Shared: 20.0.0.10/32 is behind api.example.com, get.example.com
locals {
  gatepost = {
    "outbound-tcp-80-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 80
      to       = 80
      entries = [
        { cidr = "20.0.0.9/32", description = "get.example.com" },
        { cidr = "20.0.0.10/32", description = "get.example.com" },
        { cidr = "20.0.9.0/24", description = "get.example.com" },
      ]
    }
    "outbound-tcp-443-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 443
      to       = 443
      entries = [
        { cidr = "20.0.0.9/32", description = "get.example.com" },
        { cidr = "20.0.0.10/32", description = "api.example.com, get.example.com" },
        { cidr = "20.0.1.0/24", description = "api.example.com" },
        { cidr = "20.0.9.0/24", description = "api.example.com, get.example.com" },
      ]
    }
    "outbound-tcp-443-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 443
      to       = 443
      entries = [
        { cidr = "2600:db8:10::1/128", description = "api.example.com" },
      ]
    }
    "outbound-tcp-5000-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 5000
      to       = 5000
      entries = [
        { cidr = "172.16.4.0/24", description = "third-party" },
      ]
    }
    "outbound-tcp-8800-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 8800
      to       = 8800
      entries = [
        { cidr = "10.1.0.0/16", description = "admin-network" },
      ]
    }
    "outbound-tcp-8800-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 8800
      to       = 8800
      entries = [
        { cidr = "fd00:1::/64", description = "admin-network" },
      ]
    }
    "outbound-udp-123-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "udp"
      from     = 123
      to       = 123
      entries = [
        { cidr = "20.0.2.0/25", description = "time.example.com" },
        { cidr = "20.0.9.0/24", description = "time.example.com" },
      ]
    }
    "outbound-udp-123-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "udp"
      from     = 123
      to       = 123
      entries = [
        { cidr = "2600:db8:20::/64", description = "time.example.com" },
      ]
    }
    "inbound-tcp-8800-ipv4" = {
      flow     = "inbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 8800
      to       = 8800
      entries = [
        { cidr = "10.1.0.0/16", description = "admin-network" },
      ]
    }
    "inbound-tcp-8800-ipv6" = {
      flow     = "inbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 8800
      to       = 8800
      entries = [
        { cidr = "fd00:1::/64", description = "admin-network" },
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
