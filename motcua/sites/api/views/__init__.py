"""The addresses of the API, a file for each thing a program comes for."""
