# Own: Windows firewall rules in PowerShell
# Selection: product=own need=required status=current,retiring
# As of revision 1, 2026-01-01T00:00:00.000Z
# There is nothing to open.
# Not in here: *.b.com (this format has no wildcard that reaches as far)
# Not in here: a.com (no address of it is in this selection)
# Not in here: admin-network (only you know it, and can say it with fill=)
# Not in here: third-party (only you know it, and can say it with fill=)
$ErrorActionPreference = 'Stop'
$group = 'gatepost'
Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue | Remove-NetFirewallRule
