import type { Holder, Lifetime, ResourceModel } from '../resources/model';
import type { CallNode, FunctionNode } from '../syntax/nodes';

/** A call that acquires: who, what, and where the resource is afterwards. An obligation begins here. */
export interface AcquireSite {
  readonly call: CallNode;
  readonly resource: ResourceModel;
  /** The modules that define the resource, for recognising its library's functions. */
  readonly modules: readonly string[];
  readonly lifetime: Lifetime;
  readonly holder: Holder;
  readonly async: boolean;
  /** `proof`: by import, annotation or type. `guess`: by the shape of names. */
  readonly certainty: 'proof' | 'guess';
  /** The function of this file that acquires inside, when the call gives what that one acquired. */
  readonly through?: FunctionNode;
}
