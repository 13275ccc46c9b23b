/** One condition of an encoded query, or one value that a template sets. */
export interface Piece {
  readonly field: string;
  readonly operator: string;
  readonly values: readonly string[];
  /** Holds instead of the condition before it. */
  readonly or: boolean;
}

const OPERATOR =
  'NOT IN|NOT LIKE|NOTLIKE|NSAMEAS|SAMEAS|ISNOTEMPTY|ISEMPTY|EMPTYSTRING|VALCHANGES|CHANGESTO|CHANGESFROM|STARTSWITH|ENDSWITH|ANYTHING|DYNAMIC|BETWEEN|DATEPART|RELATIVE\\w\\w|MORETHAN|LESSTHAN|GT_FIELD|LT_FIELD|NOTON|LIKE|IN|ON|>=|<=|!=|=|>|<|\\*|!\\*';
const PIECE = new RegExp(`^(OR|NQ)?([a-z][a-z0-9_.]*)(${OPERATOR})(.*)$`, 's');

/** Conditions of an encoded query, in order; what fits no form comes as a piece without an operator. `^^` stands for the sign itself. */
export function piecesOf(query: string | null): Piece[] {
  return (query ?? '')
    .split(/(?<!\^)\^(?!\^)/)
    .filter((one) => one !== '' && !/^(EQ|ORDERBY|GROUPBY)/.test(one))
    .map((one): Piece => {
      const [, join, field = '', operator = '', value = ''] = PIECE.exec(one) ?? [];
      const list = operator === 'IN' || operator === 'NOT IN' ? value.split(',') : [value];
      return { field, operator, values: list.filter((text) => text !== ''), or: join === 'OR' };
    });
}
