import { calleeName } from '../syntax/nodes';
import type { MisuseRule } from './rule';

/** A method that looks like the release and is not: the model says which, what it does instead, and why it matters. */
export const wrongRelease: MisuseRule = {
  id: 'wrong-release',
  message: (effect, { site, name }, ctx) => {
    if (effect.kind !== 'wrong' || effect.call === undefined) return undefined;
    const method = calleeName(effect.call);
    const wrong = site.resource.wrong?.find((one) => one.method === method);
    return wrong && `\`${ctx.excerpt(effect.call)}\` does not give the ${site.resource.noun}${name === undefined ? '' : ` \`${name}\``} back: call \`${name ?? site.resource.noun}.${wrong.instead}()\`; ${wrong.because}.`;
  },
};
