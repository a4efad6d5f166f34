/// The page's style: one column that fits a phone, light or dark as the reader's system asks, plain in print.
///
/// Formulas ask for a font for mathematics by name, since browsers stretch brackets by the tables of such a font alone.
let styleSheet = """
  :root { --ink: #1b1d22; --soft: #565b66; --paper: #ffffff; --panel: #f4f5f8; --line: #d5d8e0; --link: #0b57c4;
    --forward: #0b57c4; --backward: #a8321a; }
  @media screen and (prefers-color-scheme: dark) {
    :root { --ink: #e8eaf0; --soft: #abb1bf; --paper: #15171c; --panel: #20232b; --line: #3a3f4b; --link: #8ab4ff;
      --forward: #8ab4ff; --backward: #ff9d85; }
  }
  * { box-sizing: border-box; }
  html { -webkit-text-size-adjust: 100%; }
  body { margin: 0 auto; padding: 1rem; max-width: 62rem; color: var(--ink); background: var(--paper);
    font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
  h1 { font-size: 1.6rem; line-height: 1.25; } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
  a { color: var(--link); }
  nav ol { columns: 16rem; padding-left: 1.5rem; }
  .wide { overflow-x: auto; max-width: 100%; }
  .equation { margin: .4rem 0; } .level1 { margin-left: 1.2rem; } .level2 { margin-left: 2.4rem; }
  .note { margin: .6rem 0 0; color: var(--soft); font-size: .9rem; }
  math { font-size: 1.1rem; font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "Noto Sans Math", math; }
  math[display="block"] { text-align: left; margin: 0; }
  mtable.sides { margin: 0; math-style: normal; }
  mtable.sides > mtr > mtd { padding: .15rem .2rem; text-align: left; }
  mtable.sides > mtr > mtd.l { text-align: right; }
  table { border-collapse: collapse; margin: .8rem 0; font-variant-numeric: tabular-nums; }
  caption { text-align: left; color: var(--soft); padding-bottom: .3rem; }
  th, td { padding: .25rem .7rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
  th:first-child, td:first-child { text-align: left; padding-left: .2rem; white-space: normal; }
  @media (max-width: 30rem) { th, td { padding: .25rem .4rem; } }
  tbody th { font-weight: normal; }
  pre { background: var(--panel); padding: .7rem; overflow-x: auto; border-radius: .3rem; font-size: .85rem; }
  code { font-family: ui-monospace, monospace; }
  details { margin: .4rem 0; } summary { cursor: pointer; color: var(--link); }
  details.source > summary { font-size: .8rem; }
  figure { margin: 1rem 0; } figcaption { color: var(--soft); font-size: .9rem; }
  figure svg { max-width: none; height: auto; }
  :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
  @media print {
    body { max-width: none; color: #000; background: #fff; } nav, details.source, details:not([open]) { display: none; }
    .equation, tr, figure { break-inside: avoid; } .wide { overflow: visible; }
    figure svg { max-width: 100%; } pre { white-space: pre-wrap; } math { font-size: .9rem; }
  }

  """
