package dev.registrykit.scaleway.internal;

import dev.registrykit.DeleteResult;
import dev.registrykit.PagedIterable;
import dev.registrykit.WaitOptions;
import dev.registrykit.scaleway.CreateNamespaceOptions;
import dev.registrykit.scaleway.ListNamespacesOptions;
import dev.registrykit.scaleway.ScalewayNamespace;
import dev.registrykit.scaleway.UpdateNamespaceOptions;
import dev.registrykit.scaleway.Visibility;
import dev.registrykit.scaleway.internal.deletion.DeletionCheck;
import dev.registrykit.scaleway.internal.deletion.Deletions;
import dev.registrykit.scaleway.internal.generated.model.CreateNamespaceRequest;
import dev.registrykit.scaleway.internal.generated.model.ScwNamespace;
import dev.registrykit.scaleway.internal.generated.model.UpdateNamespaceRequest;
import dev.registrykit.scaleway.internal.wire.Absence.Resource;
import dev.registrykit.scaleway.internal.wire.NamespaceQuery;
import dev.registrykit.scaleway.internal.wire.PageNumbers;
import dev.registrykit.scaleway.internal.wire.ScalewayApi;
import dev.registrykit.scaleway.internal.wire.ScalewayMapper;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.ParallelReads;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be done with namespaces. */
final class NamespaceOperations {

  private final ScalewayConfiguration configuration;
  private final ScalewayApi api;
  private final ImageIds ids;
  private final ParallelReads reads;

  NamespaceOperations(
      ScalewayConfiguration configuration, ScalewayApi api, ImageIds ids, ParallelReads reads) {
    this.configuration = configuration;
    this.api = api;
    this.ids = ids;
    this.reads = reads;
  }

  ScalewayNamespace create(CreateNamespaceOptions options) {
    CreateNamespaceRequest request = new CreateNamespaceRequest()
        .name(options.name())
        .description(options.description().orElse(null))
        .isPublic(isPublic(options.visibility()));
    setOwner(request, options);
    Operation operation = Operation.on("create namespace " + options.name());
    ScalewayNamespace created =
        ScalewayMapper.namespace(api.createNamespace(operation, request), operation);
    if (!created.name().equalsIgnoreCase(options.name())) {
      throw operation.invalid("the registry sent another namespace than asked for");
    }
    return created;
  }

  /** Options accept public and private only. */
  private static boolean isPublic(Visibility visibility) {
    return visibility.equals(Visibility.PUBLIC);
  }

  /** Sets the owner of the options, else the default project, else the default organization. */
  private void setOwner(CreateNamespaceRequest request, CreateNamespaceOptions options) {
    if (options.organizationId().isPresent()) {
      request.organizationId(options.organizationId().get());
      return;
    }
    Optional<String> project =
        options.projectId().or(() -> Optional.ofNullable(configuration.projectId()));
    if (project.isPresent()) {
      request.projectId(project.get());
    } else if (configuration.organizationId() != null) {
      request.organizationId(configuration.organizationId());
    } else {
      throw new IllegalArgumentException(
          "a namespace needs an owner: set a project here or on the builder");
    }
  }

  PagedIterable<ScalewayNamespace> list(ListNamespacesOptions options) {
    NamespaceQuery query = new NamespaceQuery(
        options.pageSize(),
        options.order().name().toLowerCase(Locale.ROOT),
        options.organizationId().orElse(null),
        options.projectId().orElse(null),
        options.name().orElse(null));
    Operation operation = Operation.on("list namespaces");
    PageNumbers<ScwNamespace, ScalewayNamespace> pages = new PageNumbers<>(
        operation,
        api.cursors(query),
        page -> api.listNamespaces(operation, page, query),
        query.pageSize(),
        ScwNamespace::getId,
        answers -> answers.stream()
            .map(each -> ScalewayMapper.namespace(each, operation))
            .toList());
    return api.listing(
        pages,
        options.cursor(),
        ScalewayNamespace::id,
        namespace -> options.name().map(namespace.name()::equals).orElse(true),
        listing -> listing.readingAhead(options.pagesAhead(), reads));
  }

  ScalewayNamespace get(String name) {
    Operation operation = Operation.on("get namespace " + name);
    return ids.findNamespace(name, operation)
        .orElseThrow(() -> operation.missing("there is no such namespace"));
  }

  ScalewayNamespace getById(String id) {
    Operation operation = Operation.on("get namespace " + id);
    return ScalewayMapper.namespace(api.getNamespace(operation, id), operation);
  }

  ScalewayNamespace update(String name, UpdateNamespaceOptions options) {
    UpdateNamespaceRequest request = request(options);
    Operation operation = Operation.on("update namespace " + name);
    return ids.withNamespaceId(
        name,
        operation,
        id -> ScalewayMapper.namespace(api.updateNamespace(operation, id, request), operation));
  }

  ScalewayNamespace updateById(String id, UpdateNamespaceOptions options) {
    Operation operation = Operation.on("update namespace " + id);
    return ScalewayMapper.namespace(
        api.updateNamespace(operation, id, request(options)), operation);
  }

  private static UpdateNamespaceRequest request(UpdateNamespaceOptions options) {
    if (options.description().isEmpty() && options.visibility().isEmpty()) {
      throw new IllegalArgumentException("the options change nothing");
    }
    UpdateNamespaceRequest request =
        new UpdateNamespaceRequest().description(options.description().orElse(null));
    options.visibility().ifPresent(visibility -> request.isPublic(isPublic(visibility)));
    return request;
  }

  DeleteResult delete(String name) {
    Operation operation = Operation.on("delete namespace " + name);
    DeleteResult result = Deletions.delete(
        Resource.NAMESPACE,
        () -> ids.withNamespaceId(name, operation, id -> api.deleteNamespace(operation, id)));
    ids.forgetNamespace(name);
    return result;
  }

  DeleteResult deleteById(String id) {
    Operation operation = Operation.on("delete namespace " + id);
    return Deletions.delete(Resource.NAMESPACE, () -> api.deleteNamespace(operation, id));
  }

  void awaitGone(String name, WaitOptions options) {
    Operation operation = Operation.on("wait until namespace " + name + " is gone");
    deletionCheck(operation)
        .await(() -> ids.findNamespace(name, operation), options, configuration.time());
  }

  void awaitGoneById(String id, WaitOptions options) {
    deletionCheck(Operation.on("wait until namespace " + id + " is gone"))
        .await(id, options, configuration.time());
  }

  private DeletionCheck<ScalewayNamespace> deletionCheck(Operation operation) {
    return new DeletionCheck<>(
        operation,
        Resource.NAMESPACE,
        ScalewayNamespace::id,
        ScalewayNamespace::status,
        id -> ScalewayMapper.namespace(api.getNamespace(operation, id), operation),
        seen -> ids.findNamespace(seen.name(), operation)
            .filter(listed -> listed.id().equals(seen.id()))
            .isPresent(),
        api.operations());
  }

  /** Returns all namespaces. */
  List<ScalewayNamespace> all() {
    return list(ListNamespacesOptions.defaults()).toList();
  }
}
