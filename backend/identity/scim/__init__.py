"""
SCIM 2.0 (RFC 7643, RFC 7644): the account's directory tells who is there, and in which groups.

The protocol is scim2-server's; what is ours is the storage, and what a change means here. Decisions:

- A SCIM User is a row of its own beside the person. A person who is there already, by hand or by SAML, is taken over by their address;
  two SCIM users never share a person. Where an address is a colleague's already, the userName stands in for it.
- Deactivating takes the seat at once and keeps the person; the mapping rules give it again on return. Deleting does the same and forgets
  the SCIM User; a later one with the same address finds the person again, with their history.
- A second POST of a userName answers 409, also where the first is inactive (RFC 7644 §3.3): whoever provisions finds inactive users by
  filter and switches them on.
- A request that needs a seat where none is left is refused as a whole with 409 and changes nothing; the refusal stands in the history.
- Attributes that no schema names are kept and returned. Passwords are neither kept nor announced.
- One account's changes run one after the other, so that group rules and seats are decided on one state.
"""
