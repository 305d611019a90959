// Made by `python -m tools.web_types` from the TypedDicts of Python; a test says when it is out of date.

/** Texts, and rounded numbers with all of their digits. */
export type Sentence = (string | [string, string])[];

/** One message of the browser to a page. */
export interface Request {
  page: string;
  events: (Record<string, any>)[];
  sequence?: number;
  view?: string;
  decimal?: string;
}

/** The error and notice after an action; `number` grows with each action. */
export interface SaidMessage {
  number: number;
  error: string | null;
  notice: Sentence | string | null;
  offer: string | null;
}

/** A piece of a file for the browser: `bytes` in base64, from byte `at` on, of `size` in all. */
export interface Piece {
  number: number;
  name: string;
  type: string;
  purpose: "save" | "keep";
  size: number;
  at: number;
  bytes: string;
}

/** The result of the check of this version of the network; `status` is None before the check. */
export interface ProofMessage {
  version: string;
  status: "ok" | "partly" | "wrong" | null;
  text?: string;
  detail?: string;
}

/** What a page answers. */
export interface Answer {
  page: string;
  acknowledged: number | null;
  state: Record<string, any>;
  said: SaidMessage;
  address: Record<string, string | null>;
  go: string | null;
  file: Piece | null;
  next: number | null;
  proof: ProofMessage | null;
  tab_token?: string;
}

/** Formats that a page offers as one, with a menu for each thing in which they differ. */
export interface FormatChoices {
  group: string;
  label: string;
  names: string[];
  formats: string[][];
}

/** What a page offers for one subject: endings of files that can be opened, their most bytes, formats to save in. */
export interface FileMenu {
  open: string[];
  largest: number;
  save: string[][];
  choose: FormatChoices[];
  groups: ([string, number])[];
}

/** Something that the file leaves open, with choices as [value, words]. */
export interface GuessMessage {
  key: string;
  question: string;
  choices: string[][];
  chosen: string;
}

/** What the page says before it opens a network of another tool. */
export interface ImportMessage {
  file: string;
  tool: string;
  understood: string[];
  guesses: GuessMessage[];
  left_out: string[];
}

/** Pairs of a key and a label; `fits` has the last activations that a loss takes, where it does not take all. */
export interface NewNetworkChoices {
  activations: string[][];
  losses: string[][];
  starts: string[][];
  fits: Record<string, string[]>;
}

/** What became of an attempt to make a network: `problem` ends a sentence about `field`; "" if it was made. */
export interface MadeNetwork {
  attempt: number;
  field: string;
  problem: string;
}

/** What an example shows, a question to try on it, and where it is from ("" if it is ours). */
export interface Story {
  description: string;
  question: string;
  source: string;
}

/** The state of the page apart from the numbers of the document (a scene). */
export interface SheetState {
  structure_data?: Record<string, any>;
  answers?: Record<string, any>;
  review?: Record<string, any>;
  other?: Record<string, any>;
  variants?: string[][];
  presets?: string[][];
  number_styles?: string[][];
  number_style?: string;
  target_is_probability?: boolean;
  view?: string;
  view_number?: number;
  link_problem?: string;
  lost?: string;
  begun?: number;
  position?: number;
  can_undo?: boolean;
  redos?: number;
  version?: number;
  walked?: number;
  steps_taken?: number;
  opened_from?: string;
  files?: FileMenu;
  imports?: string[];
  importing?: ImportMessage | null;
  arrived?: number | null;
  new_network?: NewNetworkChoices;
  made_network?: MadeNetwork | null;
  story?: Story | null;
}

/** The epoch that is shown of the current branch; `live` while that is the newest state. */
export interface Viewing {
  epoch: number;
  live: boolean;
}

/** One branch of the run: branch 0 is the first; the others begin at `epoch` of their parent. */
export interface BranchMark {
  branch: number;
  parent: number | null;
  epoch: number;
  until: number;
  label: string;
}

/** The numbers of one member at this checkpoint; null for what was not measured. */
export interface Now {
  loss: number | null;
  train_loss: number | null;
  validation_loss: number | null;
  train_metric: number | null;
  validation_metric: number | null;
  learning_rate: number | null;
  penalty: number | null;
  gradient_norm: number | null;
  dead_units: number;
}

/** One row of the table of a comparison. `best` is the best validation loss (training loss without validation). */
export interface Score {
  best: number | null;
  best_metric: number | null;
  best_epoch: number;
  seconds: number;
}

/** Rows of one branch since the last frame: one per epoch, thinned evenly when there are more than a thousand. */
export interface Curves {
  branch: number;
  generation: number;
  start: number;
  epoch: number[];
  step: number[];
  loss: (number | null)[];
  train_loss: (number | null)[];
  validation_loss: (number | null)[];
  train_metric: (number | null)[];
  validation_metric: (number | null)[];
  learning_rate: (number | null)[];
  penalty: (number | null)[];
  average_loss: (number | null)[];
  average_metric: (number | null)[];
}

/** A picture of height × width numbers as bytes in base64; byte b stands for low + (high - low) * b / 255. */
export interface Grid {
  width: number;
  height: number;
  low: number;
  high: number;
  bytes: string;
}

/** The predictions of the network over a plane of two features, the others held at their training mean. */
export interface PlaneMap {
  kind: "classes" | "values";
  winner: Grid | null;
  strength: Grid;
}

/** The predictions of the network over one feature: y has one list per output. */
export interface CurveMap {
  kind: "curve";
  x: number[];
  y: ((number | null)[])[];
}

/** What the units of one layer respond to: a Grid per unit over the plane, or a list over one feature. */
export interface UnitMaps {
  layer: number;
  width: number;
  dead: number[];
  grids: Grid[];
  curves: ((number | null)[])[];
}

/** How often numbers fall between low and high, in equal bins; `zeros` is the share that is 0 or nearly (1e-3). */
export interface Histogram {
  low: number;
  high: number;
  counts: number[];
  zeros: number;
}

/** The distributions of one layer. `dead_units` counts; `gradient_norm` is that of its parameters. */
export interface LayerNow {
  layer: number;
  weights: Histogram;
  activations: Histogram;
  gradients: Histogram;
  gradient_norm: number | null;
  dead_units: number;
}

/** Distributions over time: rows since the last frame, at most a few hundred kept in all. */
export interface LayerHistory {
  generation: number;
  start: number;
  epoch: number[];
  weights: (((number | null)[])[])[];
  activations: (((number | null)[])[])[];
  gradients: (((number | null)[])[])[];
  gradient_norm: (number | null)[];
  norms: ((number | null)[])[];
  dead: number[][];
}

/** The prediction for the pictured sample, and per layer the activations of the first units. */
export interface PicturedAnswer {
  guess: string;
  probability: number | null;
  activations: ((number | null)[])[];
}

/** One network of the run; a run that compares has up to eight, any other has one. */
export interface MemberFrame {
  label: string;
  status: "ready" | "running" | "paused" | "done" | "failed";
  sentence: string;
  diverged: number | null;
  epoch: number;
  step: number;
  now: Now;
  score: Score;
  curves: Curves[];
  map: PlaneMap | CurveMap | null;
  units: UnitMaps[];
  layers: LayerNow[];
  bands: LayerHistory | null;
  shown: PicturedAnswer | null;
}

/** One line of the log of warnings: an entry of `WARNINGS`, the epoch where it began, and a whole sentence. */
export interface WarningLine {
  key: string;
  level: "note" | "warning" | "failure";
  lane: number;
  epoch: number;
  sentence: Sentence | string;
  over: boolean;
}

/** Everything that changes. `goal` is the epoch at which a run of 1 or 10 epochs ends, else null. */
export interface Frame {
  version: number;
  run: string;
  number: number;
  status: "ready" | "running" | "paused" | "done" | "failed";
  sentence: string;
  epoch: number;
  step: number;
  within: boolean;
  epochs: number;
  goal: number | null;
  share: number;
  seconds: number;
  left: number | null;
  epochs_per_second: number | null;
  hyperparameters: Record<string, number | boolean | string | null>;
  viewing: Viewing;
  moments: number[];
  branch: number;
  branches: BranchMark[];
  focus: number;
  lanes: MemberFrame[];
  warnings: WarningLine[];
}

/** The sample that the drawing shows where samples are pictures: its row from 0, its part, its class. */
export interface PicturedSample {
  row: number;
  part: string;
  true: string;
  picture: Grid;
}

/** One axis of the map: a feature, its name, and its range in the units of the table (before scaling). */
export interface Axis {
  feature: number;
  name: string;
  low: number;
  high: number;
}

/** Points on the map in units of the table, at most `ViewOptions.samples` per part; target is a class or a value. */
export interface MapSamples {
  part: "train" | "validation" | "test";
  rows: number[];
  x: number[];
  y: (number | null)[];
  target: number[];
}

/** A layer of the network in focus, for headings: widths, the label of its activation, its parameters. */
export interface StaticLayer {
  layer: number;
  inputs: number;
  outputs: number;
  activation: string;
  parameters: number;
}

/** The label of a member in the comparison, its number of parameters and its layers. */
export interface StaticMember {
  label: string;
  parameters: number;
  layers: StaticLayer[];
}

/** What stays. `axes` is one axis for a curve and two for a plane; `metric` is accuracy, r2 or empty. */
export interface StaticFrame {
  version: number;
  run: string;
  task: "classes" | "values";
  class_names: string[];
  features: string[];
  inputs: string[];
  input_maps: UnitMaps;
  pictured: PicturedSample | null;
  axes: Axis[];
  held: string;
  samples: MapSamples[];
  image_shape: number[] | null;
  metric: string;
  loss: string;
  choice: string;
  compared: string;
  lanes: StaticMember[];
}

/** The state of the page. */
export interface TrainState {
  frame: Frame;
  weights: any[];
  biases: any[];
  arrived: number | null;
  pictures?: any[];
  still?: StaticFrame;
  settings?: (Record<string, any>)[];
  experiments?: string[][];
  files?: Record<string, FileMenu>;
  speeds?: string[][];
  calm?: string;
  experiment?: Record<string, any> | null;
  tool?: string;
  lost?: boolean;
  again?: number;
  examined?: Record<string, any>;
  table?: Record<string, any>;
  answer?: Record<string, any>;
}

/** One tensor, as texts; `ok`: no reference disagrees. */
export interface Row {
  tensor: string;
  shape: string;
  torch: string;
  torch_relative: string;
  differences: string;
  differences_relative: string;
  verdict: string;
  note: string;
  ok: boolean;
}

/** All that the page shows. `mistakes` and `columns` are pairs of a key and a label; the rows have texts. */
export interface CheckState {
  introduction: string;
  mistakes: string[][];
  planted: string;
  sentence: string;
  ok: boolean;
  summary: string;
  all_digits: boolean;
  torch_version: string;
  columns: string[][];
  rows: Row[];
  caption: string;
}

/** What stands in a field. `state` is empty until its verdict is told, which `said` has of the field one is at. */
export interface ShownAnswer {
  text: string;
  state: string;
  said: Sentence | string;
  revealed: boolean;
}

/** The help that is open. `formulas` are MathML, `lit` the keys of the blocks whose numbers belong into them. */
export interface Hint {
  block: string;
  stage: number;
  formulas: string[];
  said: Sentence | string;
  lit: string[];
  product: Sentence | string;
}

/** One matrix. `numbers` has None for what is not seen, `fields` the names of the empty fields, "" for others. */
export interface ShownBlock {
  key: string;
  tensor: string;
  symbol: string;
  words: string;
  layer: number;
  column: number;
  phase: string;
  numbers: (([string, string] | null)[])[];
  fields: string[][];
  told: string[][];
}

/** What is built. `marks` has for each block, by its key, what its cells are: row by row, "" where it is no choice. */
export interface Building {
  blocks: ShownBlock[];
  marks: Record<string, string[][]>;
  asked: number;
  question: string;
  controls: string[][];
  hidden: string[];
  link: string;
  problem: string;
}

/** All that the page shows. `topics`, `levels` and `parts` are pairs of a key and a label. */
export interface PracticeState {
  fingerprint: string;
  bands: string[][];
  answers: Record<string, ShownAnswer>;
  hint: Hint | null;
  hidden: string[];
  scene: Record<string, any>;
  structure_data: Record<string, any> | null;
  explained: string[];
  withheld: string[];
  topics: string[][];
  levels: string[][];
  parts: string[][];
  topic: string;
  level: number;
  seed: number;
  part: string;
  name: string;
  question: string;
  facts: string[];
  at_once: boolean;
  right: number;
  asked: number;
  done: boolean;
  helped: boolean;
  is_key: boolean;
  sought: boolean;
  has_come: boolean;
  files: FileMenu;
  building: Building | null;
}

/** A lesson in the list: its key, title, what it is about, and how many steps it has. */
export interface LessonLine {
  key: string;
  title: string;
  about: string;
  steps: number;
}

/** The question of a step. `options` are pairs of a key and a label; none where numbers are typed. */
export interface ShownQuestion {
  ask: Sentence;
  on_sheet: boolean;
  options: string[][];
  given: string;
  state: string;
  said: Sentence | string;
  help: Sentence | string;
  was_shown: boolean;
}

/** A step of the lesson that is open. `number` counts from 1; `lit` are keys of blocks, `lit_cells` of cells. */
export interface ShownStep {
  lesson: string;
  title: string;
  number: number;
  steps: number;
  say: Sentence;
  question: ShownQuestion | null;
  then: Sentence | string;
  is_answered: boolean;
  lit: string[];
  lit_cells: string[];
  practise: string;
  next_lesson: string;
}

/** The same with blocks that are drawn as matrices, one beside the other. */
export interface ShownSheet {
  fingerprint: string;
  bands: string[][];
  answers: Record<string, ShownAnswer>;
  hint: Hint | null;
  hidden: string[];
  blocks: ShownBlock[];
}

/** All that the page shows: the list of lessons, and the step and sheet of the one that is open. */
export interface LessonsState {
  lessons: LessonLine[];
  step: ShownStep | null;
  sheet: ShownSheet | null;
}

/** One control of the form. `place`, `low`, `high` and `step` are of the slider, `options` pairs of key and label. */
export interface SettingItem {
  key: string;
  kind: string;
  label: string;
  help: string;
  group: string;
  text: string;
  place: number;
  low: number;
  high: number;
  step: number;
  plays: boolean;
  options: string[][];
}

/** One figure for Plotly, with names of colours. `data` are the traces, None for one that was sent before. */
export interface FigureItem {
  data: (Record<string, any> | null)[];
  stamps: string[];
  layout: Record<string, any>;
}

/** One cell: its text, all of its digits if it leaves some out, its colour from −1 to 1, and whether it is marked. */
export interface CellItem {
  text: string;
  digits: string;
  shade: number;
  marked: boolean;
  sets: Record<string, any> | null;
}

/** One part of the page, of the kind "figure", "table" or "facts"; what another kind has is empty. */
export interface PartItem {
  kind: string;
  key: string;
  title: string;
  text: Sentence | string;
  figure: FigureItem;
  height: number;
  moves: string[];
  drags: boolean;
  explored: boolean;
  head: string[];
  narrow: boolean;
  rows: CellItem[][];
  formulas: string[];
  facts: any[][];
}

/** All that the page shows. `tries` and `loads` are labels; `progress` is from 0 to 1, None when all is done. */
export interface ExplorationState {
  settings: SettingItem[];
  parts: PartItem[];
  look_for: (Sentence | string)[];
  tries: string[];
  loads: string[][];
  progress: number | null;
  progress_text: string;
}
