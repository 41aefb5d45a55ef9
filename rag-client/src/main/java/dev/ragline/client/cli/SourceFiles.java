package dev.ragline.client.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The files below the paths that a user gave: in folders those that are Markdown or text by their
 * names and not hidden, following links but never in a circle; files given by name as they are.
 */
final class SourceFiles {
  private static final List<String> ENDINGS = List.of(".md", ".markdown", ".txt");

  private final List<SourceFile> files = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private SourceFiles() {}

  /** Everything below the paths, by id. */
  static SourceFiles find(List<Path> paths) {
    SourceFiles found = new SourceFiles();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        found.walk(path);
      } else if (Files.exists(path)) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        found.files.add(SourceFile.of(path, name == null ? path : name));
      } else {
        throw CommandException.usage("there is no file or folder " + path);
      }
    }
    found.files.sort(Comparator.comparing(SourceFile::id));
    found.requireDistinct();
    return found;
  }

  /** By id, which are all different. */
  List<SourceFile> files() {
    return files;
  }

  /** What could not be looked into, a line each. */
  List<String> problems() {
    return problems;
  }

  /** Why a file or folder cannot be read, in plain words. */
  static String why(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "no right to read it";
    }
    if (failure instanceof NoSuchFileException) {
      return "it is not there, or links to something that is not";
    }
    return Text.oneLine(String.valueOf(failure.getMessage()));
  }

  private void requireDistinct() {
    Map<String, SourceFile> byId = new HashMap<>();
    for (SourceFile file : files) {
      SourceFile other = byId.put(file.id(), file);
      if (other != null) {
        throw CommandException.usage(
            "%s and %s would both be the document %s; ingest the folder above them instead"
                .formatted(other.path(), file.path(), file.id()));
      }
    }
  }

  private void walk(Path folder) {
    try {
      Files.walkFileTree(
          folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Visitor(folder));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + folder, e);
    }
  }

  private static boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;

    Visitor(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return !folder.equals(root) && isHidden(folder)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.toString().toLowerCase(Locale.ROOT);
      boolean wanted = ENDINGS.stream().anyMatch(name::endsWith) && !isHidden(file);
      // Pipes and devices would be waited for. A link to nothing is kept, and fails by name.
      if (wanted && !attributes.isOther()) {
        files.add(SourceFile.of(file, root.relativize(file)));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      if (!(failure instanceof FileSystemLoopException)
          && !(isHidden(file) && !file.equals(root))) {
        problems.add("cannot look into " + file + ": " + why(failure));
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
