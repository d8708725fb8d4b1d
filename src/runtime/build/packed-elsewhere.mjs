// `npm pack` would make tarballs of one name and version with different contents, of which npm's cache gives apps the first.
console.error(
  "error: npm pack knows one version of this package alone\n  at the top of the checkout: npm run package -- <folder>, which gives each build a version of its own",
);
process.exit(1);
