package dev.registrykit.samples.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The program {@code registrykit}: lists, shows, deletes and prunes the tags of any registry. */
@Command(
    name = "registrykit",
    description = "Lists, shows, deletes and prunes the tags of container registries.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = RegistryKitProgram.Version.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpAutoWidth = false,
    usageHelpWidth = 100,
    exitCodeOnInvalidInput = ExitCode.USAGE,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or nothing to do",
      "1:something failed, or was not done",
      "2:the command, or a file that it names, is wrong; nothing was sent",
      "3:refused by a guard of the policy, or the registry cannot do it; nothing was deleted",
      "4:the registry could not be reached, or does not let in",
      "130:interrupted by Ctrl-C"
    })
public final class RegistryKitProgram {

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "show the stack trace of what goes wrong")
  private boolean debug;

  private final Surroundings surroundings;

  private RegistryKitProgram(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Runs the program and ends the process. */
  public static void main(String[] args) {
    Interruption interruption = Interruption.endingCleanly(Thread.currentThread());
    int exitCode;
    try {
      exitCode = run(Surroundings.ofProcess(), args);
    } finally {
      interruption.workEnded();
    }
    System.exit(exitCode);
  }

  /** Runs the program, and returns its exit code. */
  static int run(Surroundings surroundings, String... args) {
    RegistryKitProgram program = new RegistryKitProgram(surroundings);
    Screen screen = surroundings.screen();
    CommandLine commandLine = new CommandLine(program)
        .addSubcommand("tags", new TagsCommand(surroundings))
        .addSubcommand("show", new ShowCommand(surroundings))
        .addSubcommand("delete", new DeleteCommand(surroundings))
        .addSubcommand("prune", new PruneCommand(surroundings))
        .setOut(new PrintWriter(screen.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(screen.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(screen.hasColours() ? Ansi.ON : Ansi.OFF))
        .setExpandAtFiles(false)
        .setExecutionExceptionHandler((e, command, parsed) -> program.end(e))
        .setParameterExceptionHandler((e, arguments) -> program.end(e));
    int exitCode;
    try {
      exitCode = commandLine.execute(args);
    } catch (Error e) { // such as a provider module that does not fit
      exitCode = program.end(e);
    }
    screen.out().flush();
    screen.err().flush();
    return exitCode;
  }

  /** Says in one line what went wrong. */
  private int end(Throwable failure) {
    Screen screen = surroundings.screen();
    String message =
        Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
    if (failure instanceof ParameterException e) {
      message += " (see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help)";
    }
    screen.problem(message.replaceAll("\\R", " "));
    if (debug) {
      for (Throwable each = failure; each != null; each = each.getCause()) {
        screen.message(Styled.plain(each.toString()));
        for (StackTraceElement frame : each.getStackTrace()) {
          screen.message(Styled.plain("    at " + frame));
        }
      }
    }
    return failure instanceof ParameterException ? ExitCode.USAGE : ExitCode.of(failure);
  }

  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = RegistryKitProgram.class.getPackage().getImplementationVersion();
      return new String[] {
        "registrykit " + Objects.requireNonNullElse(version, "of this source tree")
      };
    }
  }
}
