# Own: Terraform, prefix lists and security group rules of AWS
# Selection: product=own need=required status=current,retiring fill=some-registry:10.2.0.0/24 fill=admin-network:10.0.0.0/8 fill=admin-network:10.1.0.0/16
# As of revision 1, 2026-01-01T00:00:00.000Z
# Not in here: login.example.com (no address of it is in this selection)
# Shared: 20.0.0.7/32 is behind both.example.com, narrow.example.com
locals {
  gatepost = {
    "outbound-tcp-400-500-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 400
      to       = 500
      entries = [
        { cidr = "20.0.0.7/32", description = "both.example.com" },
      ]
    }
    "outbound-tcp-400-500-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 400
      to       = 500
      entries = [
        { cidr = "2600::1/128", description = "both.example.com" },
      ]
    }
    "outbound-tcp-443-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 443
      to       = 443
      entries = [
        { cidr = "10.2.0.0/24", description = "some-registry" },
        { cidr = "20.0.0.0/22", description = "wide.example.com" },
        { cidr = "20.0.0.0/24", description = "narrow.example.com" },
        { cidr = "20.0.0.7/32", description = "narrow.example.com" },
        { cidr = "20.0.1.0/24", description = "narrow.example.com" },
      ]
    }
    "outbound-tcp-443-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 443
      to       = 443
      entries = [
        { cidr = "2600::/32", description = "wide.example.com" },
      ]
    }
    "outbound-tcp-450-600-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 450
      to       = 600
      entries = [
        { cidr = "20.0.0.7/32", description = "both.example.com" },
      ]
    }
    "outbound-tcp-450-600-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 450
      to       = 600
      entries = [
        { cidr = "2600::1/128", description = "both.example.com" },
      ]
    }
    "outbound-udp-443-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "udp"
      from     = 443
      to       = 443
      entries = [
        { cidr = "20.0.0.0/24", description = "narrow.example.com" },
        { cidr = "20.0.0.7/32", description = "narrow.example.com" },
        { cidr = "20.0.1.0/24", description = "narrow.example.com" },
      ]
    }
    "inbound-tcp-443-ipv4" = {
      flow     = "inbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 443
      to       = 443
      entries = [
        { cidr = "10.0.0.0/8", description = "admin-network" },
        { cidr = "10.1.0.0/16", description = "admin-network" },
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
