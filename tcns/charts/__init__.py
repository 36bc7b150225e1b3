"""Charts: what figures look like, drawn as SVG without script, style or font of its own.

Each kind of chart is a frozen dataclass that takes figures, words and addresses and knows neither
database nor request. It gives a `Drawing` for the page, a `Table` with the same figures in words,
and a `Sheet`, from which `slides` makes an SVG or PNG picture for a slide. The macros around them
are in templates/components/charts, their looks in static/marks.css (what is drawn) and charts.css
(what stands around it).

Rules of all charts:

* On a page x is in per cent and y in pixels, so that text keeps its size at any width; only maps
  scale. The same marks at a width in pixels make a slide.
* Axes begin at zero. None is a gap, a dash or an empty cell, never 0. A period that still runs is
  hollow and not joined to the others.
* Every mark of a figure has it as `data-value`, and leads to its list where it has an address. Up
  to `TAB_STOPS` links of a drawing are reached by Tab; of more, those of the table are.
* Colour repeats what a form, a sign or a word says.
* Labels of an axis never overlap on drawings of `WIDE` pixels or more; those that would on one of
  `NARROW` bear the class `chart-wide` and are hidden on a phone.
"""
