package dev.waymark.examples.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Opens the files that a command is given, or standard input. Stateless. */
final class Inputs {
    private static final String STANDARD_INPUT = "-";

    private Inputs() {}

    /** Reads an input. */
    interface Reader {
        void read(String name, InputStream in) throws IOException;
    }

    /** Gives each file to the reader; standard input when there is none. */
    static void readAll(List<String> files, CommandSpec spec, Reader reader) {
        for (String file : files.isEmpty() ? List.of(STANDARD_INPUT) : files) {
            boolean isStandardInput = file.equals(STANDARD_INPUT);
            try (InputStream in = isStandardInput ? System.in : Files.newInputStream(Path.of(file))) {
                reader.read(isStandardInput ? "standard input" : file, in);
            } catch (NoSuchFileException e) {
                throw new ParameterException(spec.commandLine(), "There is no file " + file, e);
            } catch (IOException e) {
                throw new ParameterException(spec.commandLine(), "Can't read " + file + ": " + e.getMessage(), e);
            }
        }
    }
}
