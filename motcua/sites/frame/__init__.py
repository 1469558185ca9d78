"""What every page shares: layout, components, colours, words of refusal, languages, and the page of components.

``tokens`` the operator's name and colours · ``assets`` files made at collectstatic (fonts, colours) · ``fields`` form
fields as plain values for the component ``<c-field>`` · ``refusals`` the sentence behind every code · ``middleware``
turns a refusal into a page · ``public`` marks pages that are the same for everybody · ``translations`` compiles the
English · ``showcase`` the page of components.
"""
