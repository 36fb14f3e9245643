# Own: Windows firewall rules in PowerShell
# Selection: product=own need=required status=current,retiring fill=some-registry:10.2.0.0/24 fill=admin-network:10.0.0.0/8 fill=admin-network:10.1.0.0/16
# As of revision 1, 2026-01-01T00:00:00.000Z
# Not in here: login.example.com (no address of it is in this selection)
# Shared: 20.0.0.7/32 is behind both.example.com, narrow.example.com
$ErrorActionPreference = 'Stop'
$group = 'gatepost'
Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue | Remove-NetFirewallRule
New-NetFirewallRule -Group $group -Name 'gatepost-out-tcp-400-500' -DisplayName 'gatepost-out-tcp-400-500' -Direction Outbound -Action Allow -Protocol TCP -RemotePort '400-500' -RemoteAddress @(
    '20.0.0.7' # both.example.com
    '2600::1' # both.example.com
) | Out-Null
New-NetFirewallRule -Group $group -Name 'gatepost-out-tcp-443' -DisplayName 'gatepost-out-tcp-443' -Direction Outbound -Action Allow -Protocol TCP -RemotePort '443' -RemoteAddress @(
    '10.2.0.0/24' # some-registry
    '20.0.0.0/22' # wide.example.com
    '20.0.0.0/24' # narrow.example.com
    '20.0.0.7' # narrow.example.com
    '20.0.1.0/24' # narrow.example.com
    '2600::/32' # wide.example.com
) | Out-Null
New-NetFirewallRule -Group $group -Name 'gatepost-out-tcp-450-600' -DisplayName 'gatepost-out-tcp-450-600' -Direction Outbound -Action Allow -Protocol TCP -RemotePort '450-600' -RemoteAddress @(
    '20.0.0.7' # both.example.com
    '2600::1' # both.example.com
) | Out-Null
New-NetFirewallRule -Group $group -Name 'gatepost-out-udp-443' -DisplayName 'gatepost-out-udp-443' -Direction Outbound -Action Allow -Protocol UDP -RemotePort '443' -RemoteAddress @(
    '20.0.0.0/24' # narrow.example.com
    '20.0.0.7' # narrow.example.com
    '20.0.1.0/24' # narrow.example.com
) | Out-Null
New-NetFirewallRule -Group $group -Name 'gatepost-in-tcp-443' -DisplayName 'gatepost-in-tcp-443' -Direction Inbound -Action Allow -Protocol TCP -LocalPort '443' -RemoteAddress @(
    '10.0.0.0/8' # admin-network
    '10.1.0.0/16' # admin-network
) | Out-Null
