interface Shown {
  readonly hosts: readonly {
    readonly name: string;
    readonly addresses: readonly { readonly cidr: string; readonly status: string }[];
  }[];
}

/** The hosts of the list that requirements name: they have to be there whatever happens. */
const NEEDED = ['api.replicated.com', 'get.replicated.com', 'registry.replicated.com'];

/** Whether /hosts has in use just what a list has; says what differs. It knows nothing of how the service reads. */
export function agrees(body: Uint8Array, list: string): string | null {
  const { hosts } = JSON.parse(Buffer.from(body).toString()) as Shown;
  const published = JSON.parse(list) as Readonly<Record<string, { readonly current?: readonly string[] }>>;
  const doubts = NEEDED.flatMap((name) => {
    const addresses = hosts.find((host) => host.name === name)?.addresses ?? [];
    const served = addresses
      .filter(({ status }) => status === 'current')
      .map(({ cidr }) => cidr.replace(/\/(?:32|128)$/, ''));
    const [shown, right] = [served, published[name]?.current ?? []].map((all) => [...new Set(all)].sort().join());
    return shown === right && shown !== '' ? [] : [`${name} has ${shown} instead of ${right}`];
  });
  return doubts.length === 0 ? null : doubts.join('; ');
}
