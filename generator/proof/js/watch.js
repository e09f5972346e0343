// Reports what breaks the content security policy on the console, where the tests look for it.
document.addEventListener("securitypolicyviolation",
  e => console.error("policy: " + e.violatedDirective + " " + e.blockedURI + " " + e.sample));
