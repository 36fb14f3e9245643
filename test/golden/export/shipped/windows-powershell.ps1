# Replicated: Windows firewall rules in PowerShell
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
$ErrorActionPreference = 'Stop'
$group = 'gatepost'
Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue | Remove-NetFirewallRule
New-NetFirewallRule -Group $group -Name 'gatepost-out-tcp-443' -DisplayName 'gatepost-out-tcp-443' -Direction Outbound -Action Allow -Protocol TCP -RemotePort '443' -RemoteAddress @(
    '162.159.137.43' # api.replicated.com, registry.replicated.com
    '162.159.138.43' # api.replicated.com, registry.replicated.com
    '2606:4700:7::a29f:892b' # api.replicated.com, registry.replicated.com
    '2606:4700:7::a29f:8a2b' # api.replicated.com, registry.replicated.com
) | Out-Null
