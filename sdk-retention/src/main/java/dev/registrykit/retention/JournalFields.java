package dev.registrykit.retention;

/** The names of a journal's fields. */
final class JournalFields {

  static final int VERSION = 1;

  static final String FORMAT_VERSION = "registrykit-retention-journal";
  static final String PLAN = "plan";

  static final String AT = "at";
  static final String EVENT = "event";
  static final String TAG = "tag";
  static final String OUTCOME = "outcome";
  static final String DETAIL = "detail";

  private JournalFields() {}
}
