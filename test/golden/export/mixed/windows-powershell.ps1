# Mixed: Windows firewall rules in PowerShell
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
$ErrorActionPreference = 'Stop'
$group = 'gatepost'
Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue | Remove-NetFirewallRule
New-NetFirewallRule -Group $group -Name 'gatepost-out-tcp-80' -DisplayName 'gatepost-out-tcp-80' -Direction Outbound -Action Allow -Protocol TCP -RemotePort '80' -RemoteAddress @(
    '20.0.0.9' # get.example.com
    '20.0.0.10' # get.example.com
    '20.0.9.0/24' # get.example.com
) | Out-Null
New-NetFirewallRule -Group $group -Name 'gatepost-out-tcp-443' -DisplayName 'gatepost-out-tcp-443' -Direction Outbound -Action Allow -Protocol TCP -RemotePort '443' -RemoteAddress @(
    '20.0.0.9' # get.example.com
    '20.0.0.10' # api.example.com, get.example.com
    '20.0.1.0/24' # api.example.com
    '20.0.9.0/24' # api.example.com, get.example.com
    '2600:db8:10::1' # api.example.com
) | Out-Null
New-NetFirewallRule -Group $group -Name 'gatepost-out-tcp-5000' -DisplayName 'gatepost-out-tcp-5000' -Direction Outbound -Action Allow -Protocol TCP -RemotePort '5000' -RemoteAddress @(
    '172.16.4.0/24' # third-party
) | Out-Null
New-NetFirewallRule -Group $group -Name 'gatepost-out-tcp-8800' -DisplayName 'gatepost-out-tcp-8800' -Direction Outbound -Action Allow -Protocol TCP -RemotePort '8800' -RemoteAddress @(
    '10.1.0.0/16' # admin-network
    'fd00:1::/64' # admin-network
) | Out-Null
New-NetFirewallRule -Group $group -Name 'gatepost-out-udp-123' -DisplayName 'gatepost-out-udp-123' -Direction Outbound -Action Allow -Protocol UDP -RemotePort '123' -RemoteAddress @(
    '20.0.2.0/25' # time.example.com
    '20.0.9.0/24' # time.example.com
    '2600:db8:20::/64' # time.example.com
) | Out-Null
New-NetFirewallRule -Group $group -Name 'gatepost-in-tcp-8800' -DisplayName 'gatepost-in-tcp-8800' -Direction Inbound -Action Allow -Protocol TCP -LocalPort '8800' -RemoteAddress @(
    '10.1.0.0/16' # admin-network
    'fd00:1::/64' # admin-network
) | Out-Null
