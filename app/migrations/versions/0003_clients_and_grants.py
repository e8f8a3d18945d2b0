"""OAuth clients, what they were granted, and what signing in leaves behind."""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table('client_assertions',
    sa.Column('client_id', sa.String(length=40), nullable=False),
    sa.Column('jti', sa.String(length=200), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('client_id', 'jti', name=op.f('pk_client_assertions'))
    )
    with op.batch_alter_table('client_assertions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_client_assertions_expires_at'), ['expires_at'], unique=False)

    op.create_table('client_documents',
    sa.Column('address', sa.String(length=500), nullable=False),
    sa.Column('body', sa.Text(), nullable=True),
    sa.Column('digest', sa.LargeBinary(length=32), nullable=True),
    sa.Column('fetched_at', sa.BigInteger(), nullable=True),
    sa.Column('fresh_until', sa.BigInteger(), nullable=False),
    sa.Column('failed_at', sa.BigInteger(), nullable=True),
    sa.Column('failure', sa.String(length=80), nullable=True),
    sa.PrimaryKeyConstraint('address', name=op.f('pk_client_documents'))
    )
    op.create_table('key_sets',
    sa.Column('address', sa.String(length=500), nullable=False),
    sa.Column('body', sa.Text(), nullable=True),
    sa.Column('fetched_at', sa.BigInteger(), nullable=True),
    sa.Column('tried_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('address', name=op.f('pk_key_sets'))
    )
    op.create_table('development_mails',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('recipient', sa.String(length=254), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('headers', sa.Text(), nullable=False),
    sa.Column('sent_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_development_mails'))
    )
    op.create_table('signing_keys',
    sa.Column('kid', sa.String(length=40), nullable=False),
    sa.Column('algorithm', sa.String(length=8), nullable=False),
    sa.Column('public', sa.Text(), nullable=False),
    sa.Column('private', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('signs_until', sa.BigInteger(), nullable=False),
    sa.Column('told_until', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('kid', name=op.f('pk_signing_keys'))
    )
    op.create_table('clients',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('client_id', sa.String(length=500), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('organization_id', sa.String(length=40), nullable=True),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('redirect_uris', sa.Text(), nullable=False),
    sa.Column('auth_methods', sa.String(length=120), nullable=False),
    sa.Column('grant_types', sa.String(length=200), nullable=False),
    sa.Column('scopes', sa.String(length=120), nullable=False),
    sa.Column('client_uri', sa.Text(), nullable=True),
    sa.Column('logo_uri', sa.Text(), nullable=True),
    sa.Column('tos_uri', sa.Text(), nullable=True),
    sa.Column('policy_uri', sa.Text(), nullable=True),
    sa.Column('jwks', sa.Text(), nullable=True),
    sa.Column('jwks_uri', sa.Text(), nullable=True),
    sa.Column('told', sa.Text(), nullable=False),
    sa.Column('registration_digest', sa.LargeBinary(length=32), nullable=True),
    sa.Column('access_life_s', sa.Integer(), nullable=True),
    sa.Column('refresh_life_s', sa.Integer(), nullable=True),
    sa.Column('client_credentials', sa.Boolean(), nullable=False),
    sa.Column('verified_at', sa.BigInteger(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('created_from', sa.String(length=45), nullable=True),
    sa.Column('last_used_at', sa.BigInteger(), nullable=True),
    sa.Column('ended_at', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("kind IN ('registered', 'document', 'developer')", name=op.f('ck_clients_kind')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_clients_organization_id_organizations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clients')),
    sa.UniqueConstraint('client_id', name=op.f('uq_clients_client_id')),
    sa.UniqueConstraint('registration_digest', name=op.f('uq_clients_registration_digest'))
    )
    with op.batch_alter_table('clients', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clients_organization_id'), ['organization_id'], unique=False)
        batch_op.create_index('ix_clients_unused', ['last_used_at', 'created_at'], unique=False)

    op.create_table('client_logos',
    sa.Column('client_id', sa.String(length=40), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('png', sa.LargeBinary(), nullable=True),
    sa.Column('tried_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_client_logos_client_id_clients')),
    sa.PrimaryKeyConstraint('client_id', name=op.f('pk_client_logos'))
    )
    op.create_table('consent_forms',
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.Column('session_id', sa.String(length=40), nullable=False),
    sa.Column('request', sa.Text(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.Column('used_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_consent_forms_session_id_sessions')),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_consent_forms'))
    )
    with op.batch_alter_table('consent_forms', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_forms_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_consent_forms_session_id'), ['session_id'], unique=False)

    op.create_table('mailed_links',
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.Column('purpose', sa.String(length=12), nullable=False),
    sa.Column('user_id', sa.String(length=40), nullable=True),
    sa.Column('organization_id', sa.String(length=40), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('session_id', sa.String(length=40), nullable=True),
    sa.Column('onward', sa.Text(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.Column('used_at', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("purpose IN ('verify', 'sign_in', 'reset', 'change_email', 'undo_email', 'claim')", name=op.f('ck_mailed_links_purpose')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_mailed_links_organization_id_organizations')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_mailed_links_user_id_users')),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_mailed_links'))
    )
    with op.batch_alter_table('mailed_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mailed_links_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_mailed_links_user_id'), ['user_id'], unique=False)

    op.create_table('client_secrets',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('client_id', sa.String(length=40), nullable=False),
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.Column('last_four', sa.String(length=4), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=True),
    sa.Column('revoked_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_client_secrets_client_id_clients')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_client_secrets')),
    sa.UniqueConstraint('digest', name=op.f('uq_client_secrets_digest'))
    )
    with op.batch_alter_table('client_secrets', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_client_secrets_client_id'), ['client_id'], unique=False)

    op.create_table('consents',
    sa.Column('user_id', sa.String(length=40), nullable=False),
    sa.Column('organization_id', sa.String(length=40), nullable=False),
    sa.Column('client_id', sa.String(length=40), nullable=False),
    sa.Column('subject_kind', sa.String(length=12), nullable=False),
    sa.Column('scopes', sa.String(length=120), nullable=False),
    sa.Column('redirect_uri', sa.String(length=500), nullable=False),
    sa.Column('client_revision', sa.Integer(), nullable=False),
    sa.Column('document_digest', sa.LargeBinary(length=32), nullable=True),
    sa.Column('monthly_cap_tokens', sa.Integer(), nullable=True),
    sa.Column('given_at', sa.BigInteger(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_consents_client_id_clients')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_consents_organization_id_organizations')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_consents_user_id_users')),
    sa.PrimaryKeyConstraint('user_id', 'organization_id', 'client_id', 'subject_kind', name=op.f('pk_consents'))
    )
    op.create_table('grants',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('client_id', sa.String(length=40), nullable=False),
    sa.Column('organization_id', sa.String(length=40), nullable=False),
    sa.Column('user_id', sa.String(length=40), nullable=True),
    sa.Column('subject_kind', sa.String(length=12), nullable=False),
    sa.Column('app', sa.String(length=64), nullable=False),
    sa.Column('scopes', sa.String(length=120), nullable=False),
    sa.Column('audience', sa.String(length=20), nullable=True),
    sa.Column('redirect_uri', sa.String(length=500), nullable=True),
    sa.Column('client_revision', sa.Integer(), nullable=False),
    sa.Column('document_digest', sa.LargeBinary(length=32), nullable=True),
    sa.Column('monthly_cap_tokens', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.Column('ended_at', sa.BigInteger(), nullable=True),
    sa.Column('ended_because', sa.String(length=40), nullable=True),
    sa.Column('first_used_at', sa.BigInteger(), nullable=True),
    sa.Column('last_used_at', sa.BigInteger(), nullable=True),
    sa.Column('last_used_from', sa.String(length=45), nullable=True),
    sa.Column('requests', sa.Integer(), nullable=False),
    sa.CheckConstraint("subject_kind IN ('user', 'organization', 'client')", name=op.f('ck_grants_subject_kind')),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_grants_client_id_clients')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_grants_organization_id_organizations')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_grants_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grants'))
    )
    with op.batch_alter_table('grants', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_grants_client_id'), ['client_id'], unique=False)
        batch_op.create_index('ix_grants_organization', ['organization_id', 'app'], unique=False)
        batch_op.create_index(batch_op.f('ix_grants_user_id'), ['user_id'], unique=False)

    op.create_table('access_tokens',
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.Column('grant_id', sa.String(length=40), nullable=False),
    sa.Column('scopes', sa.String(length=120), nullable=False),
    sa.Column('audience', sa.String(length=20), nullable=True),
    sa.Column('last_four', sa.String(length=4), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['grant_id'], ['grants.id'], name=op.f('fk_access_tokens_grant_id_grants')),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_access_tokens'))
    )
    with op.batch_alter_table('access_tokens', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_tokens_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_tokens_grant_id'), ['grant_id'], unique=False)

    op.create_table('authorization_codes',
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.Column('grant_id', sa.String(length=40), nullable=False),
    sa.Column('redirect_uri', sa.String(length=500), nullable=False),
    sa.Column('challenge', sa.String(length=128), nullable=False),
    sa.Column('nonce', sa.Text(), nullable=True),
    sa.Column('authenticated_at', sa.BigInteger(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.Column('used_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['grant_id'], ['grants.id'], name=op.f('fk_authorization_codes_grant_id_grants')),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_authorization_codes'))
    )
    with op.batch_alter_table('authorization_codes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_authorization_codes_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_authorization_codes_grant_id'), ['grant_id'], unique=False)

    op.create_table('device_requests',
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.Column('user_code_digest', sa.LargeBinary(length=32), nullable=False),
    sa.Column('client_id', sa.String(length=40), nullable=False),
    sa.Column('scopes', sa.String(length=120), nullable=False),
    sa.Column('audience', sa.String(length=20), nullable=True),
    sa.Column('asked_from', sa.String(length=45), nullable=False),
    sa.Column('user_agent', sa.String(length=300), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.Column('polled_at', sa.BigInteger(), nullable=True),
    sa.Column('interval_s', sa.Integer(), nullable=False),
    sa.Column('denied_at', sa.BigInteger(), nullable=True),
    sa.Column('grant_id', sa.String(length=40), nullable=True),
    sa.Column('authenticated_at', sa.BigInteger(), nullable=True),
    sa.Column('used_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_device_requests_client_id_clients')),
    sa.ForeignKeyConstraint(['grant_id'], ['grants.id'], name=op.f('fk_device_requests_grant_id_grants')),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_device_requests')),
    sa.UniqueConstraint('user_code_digest', name=op.f('uq_device_requests_user_code_digest'))
    )
    with op.batch_alter_table('device_requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_device_requests_expires_at'), ['expires_at'], unique=False)

    op.create_table('refresh_tokens',
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.Column('grant_id', sa.String(length=40), nullable=False),
    sa.Column('scopes', sa.String(length=120), nullable=False),
    sa.Column('last_four', sa.String(length=4), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('previous', sa.LargeBinary(length=32), nullable=True),
    sa.Column('rotated_at', sa.BigInteger(), nullable=True),
    sa.Column('rotated_scopes', sa.String(length=120), nullable=True),
    sa.Column('rotated_audience', sa.String(length=20), nullable=True),
    sa.Column('closed_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['grant_id'], ['grants.id'], name=op.f('fk_refresh_tokens_grant_id_grants')),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_refresh_tokens'))
    )
    with op.batch_alter_table('refresh_tokens', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_refresh_tokens_grant_id'), ['grant_id'], unique=False)



def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table('refresh_tokens', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_refresh_tokens_grant_id'))

    op.drop_table('refresh_tokens')
    with op.batch_alter_table('device_requests', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_device_requests_expires_at'))

    op.drop_table('device_requests')
    with op.batch_alter_table('authorization_codes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_authorization_codes_grant_id'))
        batch_op.drop_index(batch_op.f('ix_authorization_codes_expires_at'))

    op.drop_table('authorization_codes')
    with op.batch_alter_table('access_tokens', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_access_tokens_grant_id'))
        batch_op.drop_index(batch_op.f('ix_access_tokens_expires_at'))

    op.drop_table('access_tokens')
    with op.batch_alter_table('grants', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_grants_user_id'))
        batch_op.drop_index('ix_grants_organization')
        batch_op.drop_index(batch_op.f('ix_grants_client_id'))

    op.drop_table('grants')
    op.drop_table('consents')
    with op.batch_alter_table('client_secrets', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_client_secrets_client_id'))

    op.drop_table('client_secrets')
    with op.batch_alter_table('mailed_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mailed_links_user_id'))
        batch_op.drop_index(batch_op.f('ix_mailed_links_expires_at'))

    op.drop_table('mailed_links')
    with op.batch_alter_table('consent_forms', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consent_forms_session_id'))
        batch_op.drop_index(batch_op.f('ix_consent_forms_expires_at'))

    op.drop_table('consent_forms')
    with op.batch_alter_table('clients', schema=None) as batch_op:
        batch_op.drop_index('ix_clients_unused')
        batch_op.drop_index(batch_op.f('ix_clients_organization_id'))

    op.drop_table('client_logos')
    op.drop_table('clients')
    op.drop_table('signing_keys')
    op.drop_table('development_mails')
    op.drop_table('key_sets')
    op.drop_table('client_documents')
    with op.batch_alter_table('client_assertions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_client_assertions_expires_at'))

    op.drop_table('client_assertions')
