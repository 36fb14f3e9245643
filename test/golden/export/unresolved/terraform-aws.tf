# Own: Terraform, prefix lists and security group rules of AWS
# Selection: product=own need=required status=current,retiring
# As of revision 1, 2026-01-01T00:00:00.000Z
# There is nothing to open.
# Not in here: *.b.com (this format has no wildcard that reaches as far)
# Not in here: a.com (no address of it is in this selection)
# Not in here: admin-network (only you know it, and can say it with fill=)
# Not in here: third-party (only you know it, and can say it with fill=)
locals {
  gatepost = {}
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
