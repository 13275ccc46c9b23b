const words = (text: string): string[] => text.trim().split(/\s+/);

/** Arithmetic, comparison, pattern and bit operators, which the parser hands out as functions. */
const OPERATORS = words('+ - * / // % ^ ** || ~~ !~~ ~~* !~~* ~~~ & | << >> ~ @ ! <-> -> ->> @> <@ && ^@');

const MATHEMATICS = words(`
  abs acos acosh add asin asinh atan atan2 atanh bit_count cbrt ceil ceiling cos cosh cot degrees divide even exp factorial
  fdiv floor fmod gamma gcd greatest isfinite isinf isnan lcm least lgamma ln log log10 log2 mod multiply nextafter pi pow power
  radians round round_even sign signbit sin sinh sqrt subtract tan tanh trunc xor`);

/**
 * No repeat, pad, replace, format or edit distance: one call can ask for gigabytes or hours inside a single step of the engine, where no
 * limit reaches it.
 */
const TEXT = words(`
  ascii bit_length chr concat concat_ws contains ends_with hex unhex instr lcase left left_grapheme length len
  length_grapheme like_escape ilike_escape not_like_escape not_ilike_escape lower ltrim md5 nfc_normalize position
  prefix regexp_escape regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_split_to_array reverse
  right right_grapheme rtrim sha256 split split_part starts_with str_split string_split string_to_array strip_accents
  strlen strpos substr substring substring_grapheme suffix trim ucase unicode upper`);

/** No now(), today() or current_*: a signal never reads the clock. */
const TIME = words(`
  century date_add date_diff datediff date_part datepart date_sub datesub date_trunc datetrunc day dayname dayofmonth
  dayofweek dayofyear decade epoch epoch_ms epoch_ns epoch_us era hour isodow isoyear julian last_day make_date make_time
  make_timestamp make_timestamp_ms make_timestamptz microsecond millennium millisecond minute month monthname nanosecond
  quarter second strftime strptime try_strptime time_bucket timezone to_centuries to_days to_decades to_hours
  to_microseconds to_milliseconds to_minutes to_months to_quarters to_seconds to_timestamp to_weeks to_years week weekday
  weekofyear year yearweek`);

/** generate_series and range only stand in FROM, where they are read step by step; as lists they are built at once. */
const LISTS = words(`
  array_agg array_append array_apply array_cat array_concat array_contains array_distinct array_extract array_filter
  array_has array_has_all array_has_any array_indexof array_intersect array_length array_position array_prepend
  array_reverse array_reverse_sort array_select array_slice array_sort array_to_string array_transform
  array_unique array_value cardinality flatten list list_append list_apply list_cat list_concat list_contains
  list_distinct list_element list_extract list_filter list_has list_has_all list_has_any list_indexof list_intersect
  list_position list_prepend list_reverse list_reverse_sort list_select list_slice list_sort list_avg
  list_count list_max list_min list_sum list_transform list_unique list_value list_where list_zip unnest row
  struct_extract struct_pack struct_insert map map_extract map_keys map_values map_entries element_at`);

const JSON_READING = words(`
  json_array_length json_contains json_exists json_extract json_extract_string json_keys json_type json_valid from_json
  json_transform`);

/** any_value, first, last and mode are missing on purpose: their answer depends on the order of rows. */
const AGGREGATES = words(`
  arg_max arg_min argmax argmin avg bit_and bit_or bit_xor bool_and bool_or corr count count_if count_star countif
  covar_pop covar_samp entropy favg fsum geomean geometric_mean group_concat histogram kahan_sum kurtosis kurtosis_pop
  listagg mad max max_by mean median min min_by product quantile quantile_cont quantile_disc percentile_cont percentile_disc
  regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy sem skewness stddev
  stddev_pop stddev_samp string_agg sum sumkahan var_pop var_samp variance`);

const WINDOWS = words(`
  cume_dist dense_rank fill first_value lag last_value lead nth_value ntile percent_rank rank rank_dense row_number`);

const LOGIC = words('coalesce if ifnull nullif grouping grouping_id');

/** Ours, defined by the store beside the views. */
const OWN = words('business_s');

/** Functions that pack SQL may call. What is not here is refused, whatever the engine offers. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  [OPERATORS, MATHEMATICS, TEXT, TIME, LISTS, JSON_READING, AGGREGATES, WINDOWS, LOGIC, OWN].flat(),
);

/** Names that look like columns but read the clock or the session when no such column exists. */
export const HIDDEN_FUNCTIONS: ReadonlySet<string> = new Set(
  words(`current_date current_time current_timestamp localtime localtimestamp current_user user session_user
    current_role current_catalog current_database current_schema`),
);

/** Why a refused function has no place here, for those that authors reach for in good faith. */
export const REFUSED_BECAUSE: Readonly<Record<string, string>> = {
  now: 'use $as_of: a signal never reads the clock',
  today: 'use $as_of: a signal never reads the clock',
  get_current_timestamp: 'use $as_of: a signal never reads the clock',
  age: 'use epoch(a - b) for seconds or date_diff for whole units',
  random: 'a signal gives the same answer on the same data; order by md5(id) for a stable draw',
  any_value: 'its answer depends on the order of rows; use min, max or arg_min(value, at)',
  arbitrary: 'its answer depends on the order of rows; use min, max or arg_min(value, at)',
  first: 'its answer depends on the order of rows; use arg_min(value, at)',
  last: 'its answer depends on the order of rows; use arg_max(value, at)',
  mode: 'its answer depends on the order of rows when counts tie; count by group and rank instead',
  range: 'put it in FROM: from range(10) r(i)',
  generate_series: 'put it in FROM: from generate_series(0, 9) g(i)',
  replace: "compare with regexp_extract or split_part; building long texts is not a signal's work",
  hash: 'its values change between engine versions; use md5',
};
