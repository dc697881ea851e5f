/** Several errors as one: the only one as it is, else an AggregateError of the distinct ones in their order. */
export function asOne(errors: Iterable<unknown>): unknown {
  const distinct = [...new Set(errors)];
  return distinct.length > 1 ? new AggregateError(distinct, `${distinct.length} errors`) : distinct[0];
}
