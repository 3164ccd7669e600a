package handspun.bench;

import java.util.ArrayList;
import java.util.List;

/** A table for the terminal: the first column to the left, numbers to the right. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param titles of the columns
   */
  TextTable(List<String> titles) {
    rows.add(List.copyOf(titles));
  }

  /**
   * @param cells one for each column; or fewer, where the last one may be of any length
   */
  void add(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  @Override
  public String toString() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < row.size(); c++) {
        if (row.size() == columns || c < row.size() - 1) {
          widths[c] = Math.max(widths[c], row.get(c).length());
        }
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        String cell = row.get(c);
        String padding = " ".repeat(Math.max(0, widths[c] - cell.length()));
        boolean left = c == 0 || (row.size() < columns && c == row.size() - 1);
        line.append(c == 0 ? "" : GAP).append(left ? cell + padding : padding + cell);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
