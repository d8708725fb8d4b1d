// `npm pack` would make tarballs with equal name and version but different content; npm's cache then gives apps the first one.
console.error(
  "error: npm pack knows one version of this package alone\n  at the top of the checkout: npm run package -- <folder>, which gives each build a version of its own",
);
process.exit(1);
