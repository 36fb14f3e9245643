# Replicated: Terraform, prefix lists and security group rules of AWS
# Selection: product=replicated task=upgrade mode=online need=required status=current,retiring
# As of revision 1, 2026-01-01T00:00:00.000Z
# Not in here: admin-network (only you know it, and can say it with fill=)
# Not in here: auth.docker.io (no address of it is in this selection)
# Not in here: cdn.quay.io (no address of it is in this selection)
# Not in here: cdn01.quay.io (no address of it is in this selection)
# Not in here: cdn02.quay.io (no address of it is in this selection)
# Not in here: cdn03.quay.io (no address of it is in this selection)
# Not in here: cdn04.quay.io (no address of it is in this selection)
# Not in here: cdn05.quay.io (no address of it is in this selection)
# Not in here: cdn06.quay.io (no address of it is in this selection)
# Not in here: cluster-network (only you know it, and can say it with fill=)
# Not in here: docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com (no address of it is in this selection)
# Not in here: hub.docker.com (no address of it is in this selection)
# Not in here: production.cloudflare.docker.com (no address of it is in this selection)
# Not in here: production.cloudfront.docker.com (no address of it is in this selection)
# Not in here: quay.io (no address of it is in this selection)
# Not in here: registry-1.docker.io (no address of it is in this selection)
# Not in here: third-party-registries (only you know it, and can say it with fill=)
# Shared: 162.159.137.43/32 is behind api.replicated.com, get.replicated.com, registry.replicated.com
# Shared: 162.159.138.43/32 is behind api.replicated.com, get.replicated.com, registry.replicated.com
# Shared: 2606:4700:7::a29f:892b/128 is behind api.replicated.com, get.replicated.com, registry.replicated.com
# Shared: 2606:4700:7::a29f:8a2b/128 is behind api.replicated.com, get.replicated.com, registry.replicated.com
locals {
  gatepost = {
    "outbound-tcp-443-ipv4" = {
      flow     = "outbound"
      family   = "IPv4"
      protocol = "tcp"
      from     = 443
      to       = 443
      entries = [
        { cidr = "162.159.137.43/32", description = "api.replicated.com, registry.replicated.com" },
        { cidr = "162.159.138.43/32", description = "api.replicated.com, registry.replicated.com" },
      ]
    }
    "outbound-tcp-443-ipv6" = {
      flow     = "outbound"
      family   = "IPv6"
      protocol = "tcp"
      from     = 443
      to       = 443
      entries = [
        { cidr = "2606:4700:7::a29f:892b/128", description = "api.replicated.com, registry.replicated.com" },
        { cidr = "2606:4700:7::a29f:8a2b/128", description = "api.replicated.com, registry.replicated.com" },
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
