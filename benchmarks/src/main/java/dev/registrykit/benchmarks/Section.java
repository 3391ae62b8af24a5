package dev.registrykit.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of the page.
 *
 * @param id by which {@code --only} asks for it
 * @param results what the plot shows of it
 */
record Section(String id, String title, List<String> lines, List<Job.Result> results) {

  /** One that shows one table. */
  static Section of(String id, Job.Result result, String... remarks) {
    List<String> lines = new ArrayList<>(result.table());
    for (String remark : remarks) {
      lines.add(remark);
      lines.add("");
    }
    return new Section(id, result.title(), lines, List.of(result));
  }
}
