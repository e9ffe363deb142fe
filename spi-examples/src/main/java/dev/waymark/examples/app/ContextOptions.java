package dev.waymark.examples.app;

import dev.waymark.examples.decode.ContextKey;
import dev.waymark.examples.decode.DecodeContext;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The options that say what session a message came on: one for each key of a context. Stateless. */
final class ContextOptions {
    private static final Set<String> FLAG = Set.of("true", "false");

    private ContextOptions() {}

    /** Adds the options to a command. */
    static void addTo(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        for (ContextKey key : ContextKey.values()) {
            OptionSpec.Builder option = OptionSpec.builder(key.optionName())
                    .type(String.class)
                    .paramLabel(key.label())
                    .description(key.description());
            spec.addOption((key.isFlag() ? flag(option) : option.arity("1")).build());
        }
    }

    /** Lets a flag stand alone, also before the name of a file: what follows counts only if it is true or false. */
    private static OptionSpec.Builder flag(OptionSpec.Builder option) {
        return option.arity("1").preprocessor((arguments, command, argument, info) -> {
            boolean isAttached = info.containsKey("separator") && "=".equals(info.get("separator"));
            if (!isAttached && (arguments.isEmpty() || !FLAG.contains(arguments.peek()))) {
                arguments.push("true");
            }
            return false;
        });
    }

    /** Returns the context that the options give. */
    static DecodeContext read(CommandSpec spec) {
        DecodeContext context = DecodeContext.empty();
        for (ContextKey key : ContextKey.values()) {
            String text = spec.findOption(key.optionName()).getValue();
            if (text == null) {
                continue;
            }
            try {
                context = context.with(key, text);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), key.optionName() + ": " + e.getMessage(), e);
            }
        }
        return context;
    }
}
