# Own: Windows firewall rules in PowerShell
# Selection: product=own need=required status=current,retiring
# As of revision 1, 2026-01-01T00:00:00.000Z
$ErrorActionPreference = 'Stop'
$group = 'gatepost'
Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue | Remove-NetFirewallRule
New-NetFirewallRule -Group $group -Name 'gatepost-out-tcp-443' -DisplayName 'gatepost-out-tcp-443' -Direction Outbound -Action Allow -Protocol TCP -RemotePort '443' -RemoteAddress @(
    '20.0.0.1' # a.com
) | Out-Null
