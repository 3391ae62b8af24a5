package dev.registrykit.scaleway.internal;

import dev.registrykit.PagedIterable;
import dev.registrykit.WaitOptions;
import dev.registrykit.scaleway.CreateNamespaceOptions;
import dev.registrykit.scaleway.ListNamespacesOptions;
import dev.registrykit.scaleway.ScalewayNamespace;
import dev.registrykit.scaleway.UpdateNamespaceOptions;
import dev.registrykit.scaleway.internal.Absence.Thing;
import dev.registrykit.scaleway.internal.generated.model.CreateNamespaceRequest;
import dev.registrykit.scaleway.internal.generated.model.ScwNamespace;
import dev.registrykit.scaleway.internal.generated.model.UpdateNamespaceRequest;
import dev.registrykit.spi.support.Operation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be done with namespaces. */
final class NamespaceOperations {

  private final ScalewayConfiguration configuration;
  private final ScalewayApi api;
  private final ImageIds ids;

  NamespaceOperations(ScalewayConfiguration configuration, ScalewayApi api, ImageIds ids) {
    this.configuration = configuration;
    this.api = api;
    this.ids = ids;
  }

  ScalewayNamespace create(CreateNamespaceOptions options) {
    CreateNamespaceRequest request = new CreateNamespaceRequest()
        .name(options.name())
        .description(options.description().orElse(null))
        .isPublic(options.isPublic());
    setOwner(request, options);
    Operation operation = Operation.on("create namespace " + options.name());
    ScalewayNamespace created =
        ScalewayMapper.namespace(api.createNamespace(operation, request), operation);
    if (!created.name().equalsIgnoreCase(options.name())) {
      throw operation.invalid("the registry sent another namespace than asked for");
    }
    return created;
  }

  /** The options win over the defaults, and among the defaults the project. */
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
    return new PageNumbers<ScwNamespace, ScalewayNamespace>(
            operation,
            PageNumbers.options(
                query.orderBy(),
                query.pageSize(),
                query.organizationId(),
                query.projectId(),
                query.name()),
            page -> ImageIds.numbered(api.listNamespaces(operation, page, query)),
            ScwNamespace::getId,
            namespaces -> namespaces.stream()
                .map(namespace -> ScalewayMapper.namespace(namespace, operation))
                .toList())
        .listing(
            api,
            options.cursor(),
            ScalewayNamespace::id,
            namespace -> options.name().map(namespace.name()::equals).orElse(true));
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
    if (options.description().isEmpty() && options.isPublic().isEmpty()) {
      throw new IllegalArgumentException("the options change nothing");
    }
    return new UpdateNamespaceRequest()
        .description(options.description().orElse(null))
        .isPublic(options.isPublic().orElse(null));
  }

  Optional<ScalewayNamespace> delete(String name) {
    Operation operation = Operation.on("delete namespace " + name);
    Optional<ScalewayNamespace> deleted = Deletions.unlessDoneBefore(
        Thing.NAMESPACE,
        () -> ScalewayMapper.namespace(
            ids.withNamespaceId(name, operation, id -> api.deleteNamespace(operation, id)),
            operation));
    ids.forgetNamespace(name);
    return deleted;
  }

  Optional<ScalewayNamespace> deleteById(String id) {
    Operation operation = Operation.on("delete namespace " + id);
    return Deletions.unlessDoneBefore(
        Thing.NAMESPACE,
        () -> ScalewayMapper.namespace(api.deleteNamespace(operation, id), operation));
  }

  void awaitGone(String name, WaitOptions options) {
    Operation operation = Operation.on("wait until namespace " + name + " is gone");
    disappearance(operation)
        .await(() -> ids.findNamespace(name, operation), options, configuration.time());
  }

  void awaitGoneById(String id, WaitOptions options) {
    disappearance(Operation.on("wait until namespace " + id + " is gone"))
        .await(id, options, configuration.time());
  }

  private Disappearance<ScalewayNamespace> disappearance(Operation operation) {
    return new Disappearance<>(
        operation,
        Thing.NAMESPACE,
        ScalewayNamespace::id,
        ScalewayNamespace::status,
        id -> ScalewayMapper.namespace(api.getNamespace(operation, id), operation),
        seen -> ids.findNamespace(seen.name(), operation)
            .filter(listed -> listed.id().equals(seen.id()))
            .isPresent(),
        api.operations());
  }

  /** Returns all namespaces, for those who look for names. */
  List<ScalewayNamespace> all() {
    return list(ListNamespacesOptions.defaults()).toList();
  }
}
