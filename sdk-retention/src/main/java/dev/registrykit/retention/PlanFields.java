package dev.registrykit.retention;

/** The names of a written plan's fields. */
final class PlanFields {

  static final int VERSION = 1;

  static final String FORMAT_VERSION = "registrykit-retention-plan";
  static final String PROVIDER = "provider";
  static final String REGISTRY = "registry";
  static final String IMAGE = "image";
  static final String POLICY = "policy";
  static final String PLANNED_AT = "plannedAt";
  static final String OBSTACLES = "obstacles";
  static final String NOTES = "notes";
  static final String TAGS = "tags";

  static final String NAME = "name";
  static final String ACTION = "action";
  static final String REASONS = "reasons";
  static final String GOVERNED = "governed";
  static final String DIGEST = "digest";
  static final String DATE = "date";
  static final String SIZE_BYTES = "sizeBytes";
  static final String KEPT_SIBLINGS = "keptSiblings";
  static final String DELETED_SIBLINGS = "deletedSiblings";
  static final String SUBJECTS = "subjects";

  private PlanFields() {}
}
