package dev.registrykit.samples.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows under a heading, in columns of equal width. A column in which no row has anything is left out. */
final class Table {

  /** What stands where nothing is known. */
  static final String NOTHING = "-";

  /** How wide a line is that people read. */
  static final int WIDTH = 120;

  private static final int LEAST_OF_LAST_COLUMN = 30;

  private static final String GAP = "  ";

  private final List<List<Styled>> rows = new ArrayList<>();
  private final int columns;

  Table(String... headings) {
    this.columns = headings.length;
    row(IntStream.range(0, columns)
        .mapToObj(column -> Styled.faint(headings[column]))
        .toArray(Styled[]::new));
  }

  /** Adds a row of as many cells as there are headings. */
  void row(Styled... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(columns + " columns, not " + cells.length);
    }
    rows.add(List.of(cells));
  }

  /** Writes it; nothing at all if there are no rows. */
  void writeTo(Screen screen) {
    if (rows.size() == 1) {
      return;
    }
    List<Integer> shown = IntStream.range(0, columns)
        .filter(column ->
            rows.stream().skip(1).anyMatch(row -> !row.get(column).text().equals(NOTHING)))
        .boxed()
        .toList();
    int[] widths = IntStream.range(0, columns)
        .map(column ->
            rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
        .toArray();
    for (List<Styled> row : rows) {
      List<Styled> pieces = new ArrayList<>();
      int indent = 0;
      for (int column : shown.subList(0, shown.size() - 1)) {
        Styled cell = row.get(column);
        pieces.add(cell);
        pieces.add(Styled.plain(" ".repeat(widths[column] - cell.length()) + GAP));
        indent += widths[column] + GAP.length();
      }
      write(screen, pieces, row.get(shown.get(shown.size() - 1)), indent);
    }
  }

  /** Writes a row; on a terminal the last cell is broken into lines, elsewhere a row is one line. */
  private static void write(Screen screen, List<Styled> pieces, Styled last, int indent) {
    int width = Math.max(LEAST_OF_LAST_COLUMN, WIDTH - indent);
    List<String> lines = screen.isTerminal() ? broken(last.text(), width) : List.of(last.text());
    List<Styled> row = new ArrayList<>(pieces);
    for (String line : lines) {
      row.add(new Styled(line, last.style()));
      screen.line(row.toArray(Styled[]::new));
      row = new ArrayList<>(List.of(Styled.plain(" ".repeat(indent))));
    }
  }

  /** Breaks a text between words into lines of a width; a longer word has a line of its own. */
  static List<String> broken(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
