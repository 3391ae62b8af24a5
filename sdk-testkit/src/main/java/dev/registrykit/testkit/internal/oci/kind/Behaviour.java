package dev.registrykit.testkit.internal.oci.kind;

import static dev.registrykit.testkit.internal.oci.kind.ErrorText.empty;
import static dev.registrykit.testkit.internal.oci.kind.ErrorText.json;
import static dev.registrykit.testkit.internal.oci.kind.ErrorText.plain;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One kind of registry, as a row of facts: everything in which it differs from the others.
 *
 * <p>docker-registry 2.8.2, distribution 3.0, olareg and ocimem are recorded. The others follow their source or
 * documentation in what they do; where {@link dev.registrykit.testkit.OciPersonality} says so, their
 * wording is synthetic.
 *
 * @param sortsTags whether tags are listed by name rather than in the order of a directory
 * @param emptied how a repository without tags lists them
 */
public record Behaviour(
    Wire wire,
    Negotiation negotiation,
    boolean sortsTags,
    EmptiedTags emptied,
    Paging tags,
    Paging catalog,
    Set<Trait> traits,
    Map<Case, ErrorText> refusals) {
  private static final int MAX_CATALOG = 1000;
  private static final ErrorText UNSUPPORTED =
      json(405, "UNSUPPORTED", "The operation is unsupported.");
  private static final ErrorText DIGEST_INVALID =
      json(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
  private static final String MANIFEST_UNKNOWN = "manifest unknown";
  private static final String NAME_UNKNOWN = "repository name not known to registry";

  /** The wording of the specification's examples, which distribution shares. */
  private static final Map<Case, ErrorText> COMMON = table(
      Map.of(),
      Map.ofEntries(
          Map.entry(Case.ROUTE_UNKNOWN, plain(404, "404 page not found")),
          Map.entry(Case.METHOD_UNKNOWN, plain(405, "Method not allowed")),
          Map.entry(Case.NAME_INVALID, plain(404, "404 page not found")),
          Map.entry(Case.NAME_TOO_LONG, json(400, "NAME_INVALID", "invalid repository name")),
          Map.entry(Case.REPOSITORY_UNKNOWN, json(404, "NAME_UNKNOWN", NAME_UNKNOWN)),
          Map.entry(Case.TAG_UNKNOWN, json(404, "MANIFEST_UNKNOWN", MANIFEST_UNKNOWN)),
          Map.entry(Case.DIGEST_UNKNOWN, json(404, "MANIFEST_UNKNOWN", MANIFEST_UNKNOWN)),
          Map.entry(Case.DIGEST_MALFORMED, DIGEST_INVALID),
          Map.entry(
              Case.BLOB_UNKNOWN,
              json(404, "BLOB_UNKNOWN", "blob unknown to registry", "\"{reference}\"")),
          Map.entry(
              Case.UPLOAD_UNKNOWN,
              json(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry")),
          Map.entry(Case.PUT_INVALID, json(400, "MANIFEST_INVALID", "manifest invalid", "{}")),
          Map.entry(Case.PUT_NO_JSON, json(400, "MANIFEST_INVALID", "manifest invalid", "{}")),
          Map.entry(
              Case.PUT_BLOB_UNKNOWN,
              json(400, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry", "\"{reference}\"")),
          Map.entry(Case.PUT_DIGEST_MISMATCH, DIGEST_INVALID),
          Map.entry(Case.DELETE_TAG_UNKNOWN, json(404, "MANIFEST_UNKNOWN", MANIFEST_UNKNOWN)),
          Map.entry(Case.DELETE_DIGEST_UNKNOWN, json(404, "MANIFEST_UNKNOWN", MANIFEST_UNKNOWN)),
          Map.entry(Case.DELETE_DIGEST_MALFORMED, DIGEST_INVALID)));

  private static final Map<Case, ErrorText> DISTRIBUTION_2_TEXTS = table(
      COMMON,
      Map.ofEntries(
          Map.entry(
              Case.NAME_TOO_LONG,
              json(500, "UNKNOWN", "unknown error", "{\"Name\":\"{name}\",\"Reason\":{}}")),
          Map.entry(
              Case.REPOSITORY_UNKNOWN,
              json(404, "NAME_UNKNOWN", NAME_UNKNOWN, "{\"name\":\"{name}\"}")),
          Map.entry(
              Case.TAG_UNKNOWN,
              json(404, "MANIFEST_UNKNOWN", MANIFEST_UNKNOWN, "{\"Tag\":\"{reference}\"}")),
          Map.entry(
              Case.DIGEST_UNKNOWN,
              json(
                  404,
                  "MANIFEST_UNKNOWN",
                  MANIFEST_UNKNOWN,
                  "{\"Name\":\"{name}\",\"Revision\":\"{reference}\"}")),
          Map.entry(
              Case.DIGEST_MALFORMED,
              json(
                  500,
                  "UNKNOWN",
                  "unknown error",
                  "{\"Path\":\"/docker/registry/v2/repositories/{name}/_manifests/tags/{reference}"
                      + "/current/link\",\"DriverName\":\"filesystem\"}")),
          Map.entry(Case.PAGE_SIZE_TOO_BIG, pageSize("{\"n\":{number}}")),
          // The recorded offset is that of one broken body; it is sent for every other one too.
          Map.entry(
              Case.PUT_NO_JSON,
              json(400, "MANIFEST_INVALID", "manifest invalid", "{\"Offset\":2}")),
          Map.entry(Case.DELETE_TAG, DIGEST_INVALID)));

  private static final Map<Case, ErrorText> DISTRIBUTION_3_TEXTS = table(
      COMMON,
      Map.ofEntries(
          Map.entry(
              Case.NAME_INVALID, json(404, "NAME_UNKNOWN", NAME_UNKNOWN, "{\"name\":\"{name}\"}")),
          Map.entry(
              Case.REPOSITORY_UNKNOWN,
              json(404, "NAME_UNKNOWN", NAME_UNKNOWN, "{\"name\":\"{name}\"}")),
          Map.entry(
              Case.TAG_UNKNOWN,
              json(404, "MANIFEST_UNKNOWN", MANIFEST_UNKNOWN, "\"unknown tag={reference}\"")),
          Map.entry(
              Case.DIGEST_UNKNOWN,
              json(
                  404,
                  "MANIFEST_UNKNOWN",
                  MANIFEST_UNKNOWN,
                  "\"unknown manifest name={name} revision={reference}\"")),
          Map.entry(
              Case.DIGEST_MALFORMED,
              json(
                  500,
                  "UNKNOWN",
                  "unknown error",
                  "\"filesystem: invalid path: /docker/registry/v2/repositories/{name}/_manifests"
                      + "/tags/{reference}/current/link\"")),
          Map.entry(Case.PAGE_SIZE_INVALID, pageSize("{\"n\":\"{reference}\"}")),
          Map.entry(
              Case.DELETE_TAG_UNKNOWN,
              json(
                  404,
                  "MANIFEST_UNKNOWN",
                  MANIFEST_UNKNOWN,
                  "\"filesystem: Path not found: /docker/registry/v2/repositories/{name}/_manifests"
                      + "/tags/{reference}\"")),
          Map.entry(
              Case.DELETE_DIGEST_MALFORMED,
              json(
                  500,
                  "UNKNOWN",
                  "unknown error",
                  "\"filesystem: invalid path: /docker/registry/v2/repositories/{name}/_manifests"
                      + "/tags/{reference}\""))));

  private static final Map<Case, ErrorText> DELETE_DISABLED = Map.of(
      Case.DELETE_TAG, UNSUPPORTED, Case.DELETE_DIGEST, UNSUPPORTED, Case.DELETE_BLOB, UNSUPPORTED);

  public static final Behaviour DISTRIBUTION_2 = new Behaviour(
      Wire.DISTRIBUTION_2,
      Negotiation.SCHEMA_1_FOR_IMAGE,
      false,
      EmptiedTags.NULL,
      Paging.WHOLE,
      Paging.of(100, MAX_CATALOG, UnknownLast.NEXT),
      EnumSet.of(Trait.CATALOG, Trait.CHECKS_BLOBS),
      DISTRIBUTION_2_TEXTS);

  public static final Behaviour DISTRIBUTION_2_DELETE_DISABLED =
      DISTRIBUTION_2.refusing(DELETE_DISABLED);

  public static final Behaviour DISTRIBUTION_2_READ_ONLY = DISTRIBUTION_2.with(Trait.READ_ONLY);

  public static final Behaviour DISTRIBUTION_3_0 = new Behaviour(
      Wire.DISTRIBUTION_3,
      Negotiation.CHILD_FOR_LIST,
      true,
      EmptiedTags.EMPTY_LIST,
      Paging.of(0, Paging.NO_MAXIMUM, UnknownLast.AFTER_NEXT),
      Paging.of(MAX_CATALOG, MAX_CATALOG, UnknownLast.NEXT),
      EnumSet.of(Trait.CATALOG, Trait.CHECKS_BLOBS),
      table(DISTRIBUTION_3_TEXTS, Map.of(Case.PAGE_SIZE_TOO_BIG, pageSize("{\"n\":{number}}"))));

  /** Tags go although deletion is disabled: CVE-2026-41888. */
  public static final Behaviour DISTRIBUTION_3_0_DELETE_DISABLED = DISTRIBUTION_3_0.refusing(
      Map.of(Case.DELETE_DIGEST, UNSUPPORTED, Case.DELETE_BLOB, UNSUPPORTED));

  public static final Behaviour DISTRIBUTION_3_1 = new Behaviour(
      Wire.DISTRIBUTION_3,
      Negotiation.CHILD_FOR_LIST,
      true,
      EmptiedTags.NULL,
      Paging.of(0, 1000, UnknownLast.NEXT).withLinkOnFullPage(),
      Paging.of(MAX_CATALOG, MAX_CATALOG, UnknownLast.NEXT),
      EnumSet.of(Trait.CATALOG, Trait.CHECKS_BLOBS),
      table(DISTRIBUTION_3_TEXTS, Map.of(Case.PAGE_SIZE_INVALID, pageSize("{\"n\":{number}}"))));

  public static final Behaviour DISTRIBUTION_3_1_DELETE_DISABLED =
      DISTRIBUTION_3_1.refusing(DELETE_DISABLED);

  public static final Behaviour ZOT = new Behaviour(
      Wire.ZOT,
      Negotiation.NONE,
      true,
      EmptiedTags.EMPTY_LIST,
      Paging.of(0, Paging.NO_MAXIMUM, UnknownLast.REFUSED).withSizeFirst(),
      Paging.of(0, Paging.NO_MAXIMUM, UnknownLast.NEXT),
      EnumSet.of(Trait.CATALOG, Trait.REFERRERS, Trait.CHECKS_BLOBS, Trait.MONOLITHIC_POST),
      table(
          COMMON,
          Map.ofEntries(
              Map.entry(Case.REPOSITORY_UNKNOWN, zotNameUnknown(404)),
              Map.entry(Case.MANIFEST_REPOSITORY_UNKNOWN, zotNameUnknown(404)),
              Map.entry(Case.TAG_UNKNOWN, zot(404, "MANIFEST_UNKNOWN", MANIFEST_UNKNOWN)),
              Map.entry(Case.DIGEST_UNKNOWN, zot(404, "MANIFEST_UNKNOWN", MANIFEST_UNKNOWN)),
              Map.entry(Case.PAGE_SIZE_INVALID, empty(400)),
              Map.entry(Case.LAST_UNKNOWN, empty(404)),
              Map.entry(Case.PUT_INVALID, zot(400, "MANIFEST_INVALID", "manifest invalid")),
              Map.entry(Case.PUT_NO_JSON, zot(400, "MANIFEST_INVALID", "manifest invalid")),
              Map.entry(
                  Case.PUT_BLOB_UNKNOWN,
                  json(
                      400,
                      "BLOB_UNKNOWN",
                      "blob unknown to registry",
                      "{\"blob\":\"{reference}\"}")),
              Map.entry(Case.DELETE_REPOSITORY_UNKNOWN, zotNameUnknown(400)),
              Map.entry(Case.DELETE_TAG_UNKNOWN, zot(404, "MANIFEST_UNKNOWN", MANIFEST_UNKNOWN)),
              Map.entry(Case.DELETE_DIGEST_UNKNOWN, zot(404, "MANIFEST_UNKNOWN", MANIFEST_UNKNOWN)),
              Map.entry(
                  Case.DELETE_CHILD,
                  zot(405, "DENIED", "requested access to the resource is denied")))));

  private static final ErrorText HARBOR_ARTIFACT_UNKNOWN =
      json(404, "NOT_FOUND", "artifact {name}:{reference} not found");
  private static final ErrorText HARBOR_DIGEST_UNKNOWN =
      json(404, "NOT_FOUND", "artifact {name}@{reference} not found");
  private static final ErrorText HARBOR_IMMUTABLE = json(
      412,
      "PRECONDITION",
      "Failed to process request due to '{name}:{reference}' configured as immutable.");
  private static final ErrorText HARBOR_UNSUPPORTED =
      json(400, "UNSUPPORTED", "unsupported digest {reference}: invalid checksum digest format");

  public static final Behaviour HARBOR = new Behaviour(
      Wire.HARBOR,
      Negotiation.OCI_REFUSED,
      true,
      EmptiedTags.EMPTY_LIST,
      Paging.of(0, Paging.NO_MAXIMUM, UnknownLast.NEXT),
      Paging.of(0, Paging.NO_MAXIMUM, UnknownLast.NEXT),
      EnumSet.of(
          Trait.CATALOG,
          Trait.REFERRERS,
          Trait.CHECKS_BLOBS,
          Trait.TAKES_CHILDREN,
          Trait.EMPTY_PAGE_OF_NOTHING),
      table(
          COMMON,
          Map.ofEntries(
              Map.entry(
                  Case.REPOSITORY_UNKNOWN, json(404, "NOT_FOUND", "repository {name} not found")),
              Map.entry(Case.TAG_UNKNOWN, HARBOR_ARTIFACT_UNKNOWN),
              Map.entry(Case.DIGEST_UNKNOWN, HARBOR_DIGEST_UNKNOWN),
              Map.entry(
                  Case.PAGE_SIZE_INVALID,
                  json(400, "BAD_REQUEST", "the N must be a positive int type")),
              Map.entry(Case.PUT_IMMUTABLE, HARBOR_IMMUTABLE),
              Map.entry(Case.DELETE_TAG, HARBOR_UNSUPPORTED),
              Map.entry(Case.DELETE_DIGEST_UNKNOWN, HARBOR_DIGEST_UNKNOWN),
              Map.entry(Case.DELETE_IMMUTABLE, HARBOR_IMMUTABLE),
              Map.entry(
                  Case.DELETE_CHILD,
                  json(
                      412,
                      "VIOLATE_FOREIGN_KEY_CONSTRAINT",
                      "the deleting artifact is referenced by others")))));

  private static final ErrorText HUB_REFERENCED =
      json(403, "DENIED", "Access denied. The manifest may still be referenced.");

  public static final Behaviour DOCKER_HUB = new Behaviour(
      Wire.OTHER,
      Negotiation.NONE,
      true,
      EmptiedTags.EMPTY_LIST,
      Paging.of(100, 100, UnknownLast.NEXT),
      Paging.WHOLE,
      EnumSet.of(Trait.CHECKS_BLOBS),
      table(
          COMMON,
          Map.of(
              Case.DELETE_TAG,
              json(405, "UNSUPPORTED", "Only digest-based deletion is allowed."),
              Case.DELETE_TAGGED,
              HUB_REFERENCED,
              Case.DELETE_CHILD,
              HUB_REFERENCED)));

  public static final Behaviour GHCR = new Behaviour(
          Wire.OTHER,
          Negotiation.NONE,
          true,
          EmptiedTags.EMPTY_LIST,
          Paging.of(100, 1000, UnknownLast.NEXT),
          Paging.WHOLE,
          EnumSet.of(Trait.CHECKS_BLOBS),
          COMMON)
      .refusing(DELETE_DISABLED);

  public static final Behaviour ARTIFACT_REGISTRY = new Behaviour(
      Wire.OTHER,
      Negotiation.NONE,
      true,
      EmptiedTags.EMPTY_LIST,
      Paging.of(0, Paging.NO_MAXIMUM, UnknownLast.NEXT),
      Paging.WHOLE,
      EnumSet.of(Trait.REFERRERS, Trait.CHECKS_BLOBS, Trait.DATED_LISTING),
      table(
          COMMON,
          Map.of(
              Case.DELETE_TAGGED,
              json(
                  400,
                  "GOOGLE_MANIFEST_DANGLING_TAG",
                  "Manifest is still referenced by tag: {reference}"),
              Case.DELETE_CHILD,
              json(
                  400,
                  "GOOGLE_MANIFEST_DANGLING_PARENT_IMAGE",
                  "Manifest is still referenced by parent image: {reference}"),
              Case.DELETE_SUBJECT,
              json(
                  400,
                  "GOOGLE_MANIFEST_REFERRING_MANIFEST",
                  "Manifest is still referenced by referring manifest: {reference}"))));

  private static final ErrorText QUAY_NAME_UNKNOWN =
      json(404, "NAME_UNKNOWN", NAME_UNKNOWN, "\"repository not found\"");
  private static final ErrorText QUAY_MANIFEST_UNKNOWN =
      json(404, "MANIFEST_UNKNOWN", MANIFEST_UNKNOWN, "{}");
  private static final ErrorText QUAY_IMMUTABLE =
      json(409, "TAG_IMMUTABLE", "tag is immutable", "{\"tag\":\"{reference}\"}");

  public static final Behaviour QUAY = new Behaviour(
      Wire.OTHER,
      Negotiation.NONE,
      true,
      EmptiedTags.EMPTY_LIST,
      Paging.of(100, 100, UnknownLast.NEXT).withSizeFirst(),
      Paging.of(100, 100, UnknownLast.NEXT),
      EnumSet.of(Trait.CATALOG, Trait.REFERRERS, Trait.CHECKS_BLOBS, Trait.DELETES_BY_PUSH_RIGHT),
      table(
          COMMON,
          Map.ofEntries(
              Map.entry(Case.REPOSITORY_UNKNOWN, QUAY_NAME_UNKNOWN),
              Map.entry(Case.MANIFEST_REPOSITORY_UNKNOWN, QUAY_NAME_UNKNOWN),
              Map.entry(Case.TAG_UNKNOWN, QUAY_MANIFEST_UNKNOWN),
              Map.entry(Case.DIGEST_UNKNOWN, QUAY_MANIFEST_UNKNOWN),
              Map.entry(
                  Case.PUT_DIGEST_MISMATCH,
                  json(
                      400,
                      "MANIFEST_INVALID",
                      "manifest invalid",
                      "{\"message\":\"manifest digest mismatch\"}")),
              Map.entry(Case.PUT_IMMUTABLE, QUAY_IMMUTABLE),
              Map.entry(Case.DELETE_REPOSITORY_UNKNOWN, QUAY_NAME_UNKNOWN),
              Map.entry(Case.DELETE_TAG_UNKNOWN, QUAY_MANIFEST_UNKNOWN),
              Map.entry(Case.DELETE_DIGEST_UNKNOWN, QUAY_MANIFEST_UNKNOWN),
              Map.entry(Case.DELETE_UNTAGGED, QUAY_MANIFEST_UNKNOWN),
              Map.entry(Case.DELETE_IMMUTABLE, QUAY_IMMUTABLE))));

  private static final ErrorText OLAREG_UNKNOWN = json(
      404,
      "MANIFEST_UNKNOWN",
      "manifest unknown to registry",
      "\"tag or digest was not found in repository\"");
  private static final ErrorText OLAREG_PART_UNKNOWN = json(
      400,
      "MANIFEST_BLOB_UNKNOWN",
      "manifest references a manifest or blob unknown to registry",
      "\"layer not found: {reference}\"");

  /** It answers JSON as plain text, and refuses methods and routes with a status alone. */
  public static final Behaviour OLAREG = new Behaviour(
      Wire.OLAREG,
      Negotiation.ACCEPTED_CHILD,
      true,
      EmptiedTags.EMPTY_LIST,
      Paging.of(0, Paging.NO_MAXIMUM, UnknownLast.NEXT).withWholeForZero(),
      Paging.WHOLE,
      EnumSet.of(
          Trait.REFERRERS,
          Trait.CHECKS_BLOBS,
          Trait.MONOLITHIC_POST,
          Trait.LISTS_ANY_REPOSITORY,
          Trait.NULL_FOR_NONE,
          Trait.NO_CONDITIONS),
      table(
          COMMON,
          Map.ofEntries(
              Map.entry(Case.ROUTE_UNKNOWN, empty(404)),
              Map.entry(Case.METHOD_UNKNOWN, empty(405)),
              Map.entry(Case.NAME_INVALID, empty(404)),
              Map.entry(Case.TAG_UNKNOWN, OLAREG_UNKNOWN),
              Map.entry(Case.DIGEST_UNKNOWN, OLAREG_UNKNOWN),
              Map.entry(Case.DIGEST_MALFORMED, OLAREG_UNKNOWN),
              Map.entry(
                  Case.BLOB_UNKNOWN,
                  json(404, "BLOB_UNKNOWN", "blob unknown to registry", "\"blob was not found\"")),
              Map.entry(
                  Case.PUT_INVALID,
                  json(
                      400,
                      "MANIFEST_INVALID",
                      "manifest invalid",
                      "\"manifest could not be parsed\"")),
              Map.entry(
                  Case.PUT_NO_JSON,
                  json(
                      400,
                      "MANIFEST_INVALID",
                      "manifest invalid",
                      "\"manifest could not be parsed\"")),
              Map.entry(Case.PUT_BLOB_UNKNOWN, OLAREG_PART_UNKNOWN),
              Map.entry(Case.DELETE_TAG_UNKNOWN, OLAREG_UNKNOWN),
              Map.entry(Case.DELETE_DIGEST_UNKNOWN, OLAREG_UNKNOWN),
              Map.entry(Case.DELETE_DIGEST_MALFORMED, OLAREG_UNKNOWN))));

  public static final Behaviour OLAREG_DELETE_DISABLED = OLAREG.refusing(Map.of(
      Case.DELETE_TAG, empty(405), Case.DELETE_DIGEST, empty(405), Case.DELETE_BLOB, empty(405)));

  private static final ErrorText OCIMEM_NAME_UNKNOWN = json(404, "NAME_UNKNOWN", NAME_UNKNOWN);
  private static final ErrorText OCIMEM_UNKNOWN =
      json(404, "MANIFEST_UNKNOWN", "manifest unknown to registry");
  private static final ErrorText OCIMEM_NO_PAGE = json(404, "UNKNOWN", "page not found");

  /** It answers lists as plain text, and takes a broken manifest for its own failure. */
  public static final Behaviour OCIMEM = new Behaviour(
      Wire.OCIMEM,
      Negotiation.NONE,
      true,
      EmptiedTags.NULL,
      Paging.of(0, Paging.NO_MAXIMUM, UnknownLast.NEXT).withWholeForZero(),
      Paging.of(0, Paging.NO_MAXIMUM, UnknownLast.NEXT).withWholeForZero(),
      EnumSet.of(
          Trait.CATALOG,
          Trait.REFERRERS,
          Trait.CHECKS_BLOBS,
          Trait.MONOLITHIC_POST,
          Trait.NEEDS_NO_TAG,
          Trait.NULL_FOR_NONE,
          Trait.KEEPS_TAG_NAMES,
          Trait.NO_CONDITIONS,
          Trait.EMPTY_BASE),
      table(
          COMMON,
          Map.ofEntries(
              Map.entry(Case.ROUTE_UNKNOWN, OCIMEM_NO_PAGE),
              Map.entry(Case.METHOD_UNKNOWN, json(405, "UNKNOWN", "method not allowed")),
              Map.entry(Case.NAME_INVALID, json(400, "NAME_INVALID", "invalid repository name")),
              Map.entry(Case.NAME_TOO_LONG, OCIMEM_NAME_UNKNOWN),
              Map.entry(Case.REPOSITORY_UNKNOWN, OCIMEM_NAME_UNKNOWN),
              Map.entry(Case.MANIFEST_REPOSITORY_UNKNOWN, OCIMEM_NAME_UNKNOWN),
              Map.entry(Case.REFERRERS_REPOSITORY_UNKNOWN, OCIMEM_NAME_UNKNOWN),
              Map.entry(Case.TAG_UNKNOWN, OCIMEM_UNKNOWN),
              Map.entry(Case.DIGEST_UNKNOWN, OCIMEM_UNKNOWN),
              Map.entry(Case.DIGEST_MALFORMED, OCIMEM_NO_PAGE),
              Map.entry(Case.BLOB_UNKNOWN, json(404, "BLOB_UNKNOWN", "blob unknown to registry")),
              Map.entry(
                  Case.PAGE_SIZE_INVALID,
                  json(400, "UNKNOWN", "query parameter n is not a valid integer")),
              Map.entry(Case.PUT_INVALID, json(500, "UNKNOWN", "invalid manifest")),
              Map.entry(Case.PUT_NO_JSON, json(500, "UNKNOWN", "invalid manifest JSON")),
              Map.entry(
                  Case.PUT_BLOB_UNKNOWN,
                  json(500, "UNKNOWN", "invalid manifest: blob {reference} not found")),
              Map.entry(Case.DELETE_REPOSITORY_UNKNOWN, OCIMEM_NAME_UNKNOWN),
              Map.entry(
                  Case.DELETE_TAG_UNKNOWN,
                  json(
                      404, "MANIFEST_UNKNOWN", "manifest unknown to registry: tag does not exist")),
              Map.entry(Case.DELETE_DIGEST_UNKNOWN, OCIMEM_UNKNOWN),
              Map.entry(Case.DELETE_DIGEST_MALFORMED, OCIMEM_NO_PAGE))));

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  public Optional<ErrorText> refusal(Case of) {
    return Optional.ofNullable(refusals.get(of));
  }

  public boolean hasImmutableTags() {
    return refusals.containsKey(Case.PUT_IMMUTABLE);
  }

  private Behaviour refusing(Map<Case, ErrorText> more) {
    return new Behaviour(
        wire, negotiation, sortsTags, emptied, tags, catalog, traits, table(refusals, more));
  }

  private Behaviour with(Trait trait) {
    Set<Trait> more = EnumSet.copyOf(traits);
    more.add(trait);
    return new Behaviour(wire, negotiation, sortsTags, emptied, tags, catalog, more, refusals);
  }

  private static Map<Case, ErrorText> table(
      Map<Case, ErrorText> base, Map<Case, ErrorText> differences) {
    Map<Case, ErrorText> table = new EnumMap<>(Case.class);
    table.putAll(base);
    table.putAll(differences);
    return Map.copyOf(table);
  }

  private static ErrorText pageSize(String detail) {
    return json(400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested", detail);
  }

  private static ErrorText zot(int status, String code, String message) {
    return json(status, code, message, "{\"reference\":\"{reference}\"}");
  }

  private static ErrorText zotNameUnknown(int status) {
    return json(status, "NAME_UNKNOWN", NAME_UNKNOWN, "{\"name\":\"{name}\"}");
  }
}
