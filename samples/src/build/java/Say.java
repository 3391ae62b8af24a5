/** Prints its arguments as one line: how a build with {@code -q} says what it is doing. */
class Say {

  public static void main(String[] words) {
    System.out.println(String.join(" ", words));
  }
}
